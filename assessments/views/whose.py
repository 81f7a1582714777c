"""After signing in: whose are the answers that were given on this device before?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import get_or_post, local_address, person_of
from assessments.rows import Owner, answered_on
from assessments.views.guest import drop, hand_over, waiting_guest


@get_or_post
def check_whose(request: HttpRequest) -> HttpResponse:
    """Keep them or delete them; nothing moves before that, and no answer is shown.

    A second tap, or a second tab, finds nothing left to ask about and leads on.
    """
    person, next_page = person_of(request), local_address(request, otherwise="home")
    waiting = waiting_guest(request)
    if waiting is None:
        return redirect(next_page)
    match request.POST.get("whose"):
        case "mine":
            hand_over(request, person)
            messages.success(request, "Kept: the answers from this device are in your account.")
            return redirect(next_page)
        case "not_mine":
            drop(request)
            messages.success(request, "Deleted: the answers that were given on this device.")
            return redirect(next_page)
    context = {
        "waiting": waiting,
        "own": answered_on(Owner.of(person)),
        "next": next_page,
        "unanswered": request.method == "POST",
    }
    return render(request, "assessments/whose.html", context, status=422 if context["unanswered"] else 200)
