"""The application's own model."""

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of the application's models; the library's tables are not among them."""


class Deposit(Base):
    """Money that was taken for a unit; *booked* once the unit is subscribed to."""

    __tablename__ = "deposits"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str]
    unit: Mapped[str]
    yuan: Mapped[int]
    booked: Mapped[bool] = mapped_column(default=False)
