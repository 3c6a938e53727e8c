"""The errand: a customer pays a deposit for a unit."""

from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from django_app.models import Receipt
from django_app.office import lent_office
from estatecrm import Acting, Purpose
from estatecrm.messages import language


@require_POST
def take_deposit(request: HttpRequest) -> JsonResponse:
    """
    Write the receipt and subscribe to the unit; whatever raises an exception undoes both.

    A refusal is an answer and no exception: the receipt stays, unbooked, and the attempt is in the access log.
    """
    customer, unit, who = (request.POST[name] for name in ("customer", "unit", "who"))
    with transaction.atomic():
        receipt = Receipt.objects.create(customer=customer, unit=unit, yuan=int(request.POST["yuan"]))
        decision = lent_office().customers.move(Acting(who, Purpose.FOLLOW_UP), customer, "subscribe", unit)
        if decision.granted:
            receipt.booked = True
            receipt.save()
            transaction.on_commit(partial(tell_sales_control, customer, unit))
    return JsonResponse({"booked": decision.granted, "why": language("en").explain(decision)})


def tell_sales_control(customer: str, unit: str) -> None:
    """Say that *unit* is taken; called when that is certain."""
    send_mail(f"{unit} is subscribed to", f"by customer {customer}", None, ["sales-control@example.com"])


urlpatterns = [path("deposits", take_deposit)]
