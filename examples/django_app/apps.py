"""What happens when Django starts and when it migrates."""

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate

from estatecrm.storage import upgrade

PREFIX = "crm_"
"""What the library's tables begin with, among those of the application."""


class DjangoAppConfig(AppConfig):
    """The application; ``migrate`` also brings the library's tables up to date."""

    name = "django_app"

    def ready(self) -> None:
        """Wait for ``migrate``."""
        post_migrate.connect(upgrade_library, sender=self)


def upgrade_library(**_: object) -> None:
    """Put the library's tables beside the application's, or bring them to this release."""
    upgrade(f"sqlite:///{connection.settings_dict['NAME']}", prefix=PREFIX)
