"""The states of every page, scene by scene: each has the few lines that bring a page there.

A scene is a function that takes a `Visit` and calls `visit.see(name)` wherever the page stands as a state that is
worth a look. Scenes share nothing but the people whose training they use; who changes theirs has them alone.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import FilePayload, Page, Route, expect

from tests.builders_check import LONGEST
from tests.gallery.stage import Play, Scene, Visit
from tests.journeys.factors import code_of_app, with_authenticator
from tests.journeys.walk import (
    PASSWORD,
    answer_safety_lists,
    answer_the_check,
    before_a_workout,
    begin_the_check,
    choose,
    fill_sign_up,
    later,
    make_a_plan,
    open_line,
    press,
    skip_the_warm_up,
    take_the_check,
    tick,
    unfold,
)

SCENES: list[Scene] = []


def scene(chapter: str, who: str = "", *, allows: tuple[str, ...] = ()) -> Callable[[Play], Play]:
    """Put a function into the list, with whose page it gets."""

    def listed(play: Play) -> Play:
        SCENES.append(Scene(chapter, who, play, allows))
        return play

    return listed


def open_all(visit: Visit, addresses: Mapping[str, str]) -> None:
    """Pages that need no more than their address."""
    for name, address in addresses.items():
        visit.open(name, address)


def follow(page: Page, words: str) -> None:
    """Click the first link that begins with these words."""
    page.get_by_role("link", name=re.compile(f"^{re.escape(words)}")).first.click()


def send(page: Page, form: str = "main form[method=post]") -> None:
    """Send a form past the script that would have taken it."""
    with page.expect_navigation():
        page.evaluate("form => HTMLFormElement.prototype.submit.call(document.querySelector(form))", form)


def write(page: Page, repetitions: str) -> None:
    """Send a set by hand, past the script that would have counted it."""
    page.evaluate("typed => document.querySelector('#set [name=repetitions]').value = typed", repetitions)
    send(page, "#set")


def send_table(page: Page, *rows: str) -> None:
    """Send a table of workouts."""
    table = "\n".join(["date,exercise,step,set,repetitions", *rows])
    file: FilePayload = {"name": "workouts.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.goto("/settings/import/workouts/")
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Look into it")


# --- reading ---------------------------------------------------------------------------------------------


@scene("1 reading")
def visitor_reads(visit: Visit) -> None:
    open_all(
        visit,
        {
            "home": "/",
            "learn": "/learn/",
            "topic": "/learn/flat-feet/",
            "topic with plates": "/learn/hip-foot-connection/",
            "questions": "/learn/questions/",
            "question": "/learn/questions/shoes/",
            "question with pictures": "/learn/questions/stretching/",
            "arch": "/learn/arches/medial-longitudinal-arch/",
            "muscles": "/learn/muscles/",
            "muscle": "/learn/muscles/gluteus-medius/",
            "muscle group": "/learn/muscles/groups/gluteal-deep/",
            "bones and joints": "/learn/bones-and-joints/",
            "bone": "/learn/bones-and-joints/talus/",
            "evidence": "/evidence/",
            "evidence, none of a kind": "/evidence/?grade=high&topic=runners",
            "claim": "/evidence/foot-tilt-turns-leg/",
            "sources": "/sources/",
            "source": "/sources/khamis-2007/",
            "glossary": "/glossary/",
            "search": "/search/",
            "search, found": "/search/?q=kneecap",
            "search, misspelt": "/search/?q=glutius",
            "search, a sign": "/search/?q=my+foot+is+numb",
            "search, not here": "/search/?q=bow+legs",
            "search, nothing": "/search/?q=zzzzzz",
            "exercises": "/exercises/",
            "exercise": "/exercises/side-lying-abduction/",
            "exercise step": "/exercises/side-lying-abduction/straight-leg/",
            "how progress works": "/how-progress-works/",
            "privacy": "/privacy/",
            "accessibility": "/accessibility/",
            "plan, visitor": "/plan/",
        },
    )


@scene("1 reading", "demo")
def person_reads(visit: Visit) -> None:
    visit.open("muscle, one's own", "/learn/muscles/gluteus-medius/")
    visit.open("exercise, one's own", "/exercises/bridge/")


@scene("1 reading")
def claim_opened(visit: Visit) -> None:
    visit.page.goto("/learn/hip-foot-connection/")
    visit.page.locator("details.more > summary:visible").first.click()
    visit.see("topic, a claim opened")


# --- the mirror check ------------------------------------------------------------------------------------


def to_the_list_before_it(page: Page) -> None:
    """From the start page to "Right now, do you have any of these?"."""
    page.goto("/check/")
    tick(page, "I am 18 or over")
    tick(page, "Keep my answers")
    press(page, "Start the check")


@scene("2 check")
def guest_checks(visit: Visit) -> None:
    page = visit.page

    def stop(page: Page, name: str) -> None:
        visit.by(page, name)
        if name in {"check-start", "check-right-now", "check-toes", "check-pain"}:
            press(page, "Start the check" if name == "check-start" else "Continue")
            visit.see(f"{name}, error", 422)

    begin_the_check(page, see=stop)
    answer_the_check(page, LONGEST, LONGEST, see=stop)
    visit.see("check-answers")
    follow(page, "Change")
    visit.see("check, an answer changed")
    page.goto("/check/stop/")
    visit.see("check, this hurts")
    press(page, "End the check")
    visit.see("check, this hurts, error", 422)
    page.goto("/check/")
    visit.see("check, begun before")


@scene("2 check")
def guest_is_not_sure(visit: Visit) -> None:
    page = visit.page
    to_the_list_before_it(page)
    tick(page, "I’m not sure")
    press(page, "Continue")
    visit.see("right now, explained")
    press(page, "Continue")
    visit.see("right now, explained, error", 422)


@scene("2 check")
def guest_cannot_go_on_today(visit: Visit) -> None:
    page = visit.page
    to_the_list_before_it(page)
    tick(page, "A hot, red, swollen foot")
    press(page, "Continue")
    visit.see("advice, today")


@scene("2 check")
def guest_should_call_now(visit: Visit) -> None:
    page = visit.page
    to_the_list_before_it(page)
    for words in ("Strong pain at night", "A hot, red", "New numbness", "Pain in one calf"):
        tick(page, words)
    press(page, "Continue")
    visit.see("advice, emergency, several")


@scene("2 check")
def guest_has_one_of_each_urgency(visit: Visit) -> None:
    page = visit.page
    for words, name in (
        ("Sudden breathlessness", "advice, breath or chest"),
        ("A foot or leg that suddenly became cold", "advice, cold leg"),
        ("Pain in one calf", "advice, calf"),
    ):
        page.context.clear_cookies()
        to_the_list_before_it(page)
        tick(page, words)
        press(page, "Continue")
        visit.see(name)


@scene("2 check")
def guest_may_go_on(visit: Visit) -> None:
    page = visit.page
    to_the_list_before_it(page)
    tick(page, "Strong pain at night")
    press(page, "Continue")
    visit.see("advice, within days")


@scene("2 check")
def guest_looks_twice(visit: Visit) -> None:
    page = visit.page
    take_the_check(page)
    visit.see("result, each side its own")
    unfold(page, "Look a second time")
    follow(page, "Look a second time")
    visit.see("second look")
    press(page, "Begin the second look")
    for number, answers in enumerate(
        (
            {"left": "in", "right": "forward"},
            {"left": "normal", "right": "normal"},
            {"left": "higher"},
            {"left": "low"},
        )
    ):
        looked = page.get_by_role("link", name="I have looked")
        if looked.count():
            if number == 3:
                visit.see("third look, do")
            looked.click()
        if number in {0, 3}:
            visit.see("third look" if number else "second look, question")
        choose(page, **answers)
        press(page, "Continue")
    unfold(page, "You looked twice")
    visit.see("result, looked twice")
    page.goto("/check/delete/")
    visit.see("delete my answers")
    page.locator("main form button").first.click()
    visit.see("answers deleted")


@scene("2 check")
def guest_was_in_pain(visit: Visit) -> None:
    page = visit.page
    begin_the_check(page)
    page.get_by_role("link", name="I have looked").click()
    choose(page, left="in", right="out", knees_usual_left="in", knees_usual_right="unsure")
    press(page, "Continue")
    follow(page, "This hurts")
    choose(page, where="left")
    press(page, "End the check")
    visit.see("result, stopped by pain")


@scene("2 check", "ordinary feet")
def result_ordinary(visit: Visit) -> None:
    visit.open("result, ordinary feet", "/check/result/")


@scene("2 check", "ordinary feet")
def person_mends_a_slip(visit: Visit) -> None:
    page = visit.page
    page.goto("/check/result/")
    unfold(page, "All your answers")
    press(page, "I ticked something wrong")
    visit.see("answers, to correct")
    page.goto("/check/pain/")
    visit.see("pain, to correct")
    page.goto("/check/toes/")
    choose(page, left="in", right="out", knees_usual_left="in", knees_usual_right="unsure")
    press(page, "Continue")
    press(page, "See the corrected result")
    unfold(page, "All your answers")
    visit.see("result, corrected")


@scene("2 check", "not sure")
def result_not_sure(visit: Visit) -> None:
    visit.open("result, not sure", "/check/result/")


@scene("2 check", "stiff flat feet")
def result_locked(visit: Visit) -> None:
    visit.open("result, to be looked at", "/check/result/")


@scene("2 check", "too late")
def guest_comes_too_late(visit: Visit) -> None:
    visit.open("check expired", "/check/toes/", 410)


@scene("2 check")
def guest_answers_in_an_old_tab(visit: Visit) -> None:
    page = visit.page
    begin_the_check(page)
    page.goto("/check/toes/")
    page.evaluate(
        "document.querySelector('input[name=attempt]').value = '00000000-0000-4000-8000-000000000000'"
    )
    press(page, "Continue")
    visit.see("check finished elsewhere", 409)


@scene("2 check", "looked twice")
def person_looks_back(visit: Visit) -> None:
    page = visit.page
    visit.open("checks", "/checks/")
    follow(page, "Then and now")
    visit.see("then and now")
    page.goto("/checks/")
    page.locator("main a.edit").last.click()
    visit.see("result of weeks ago")
    unfold(page, "Keep, print or delete")
    page.locator("main a[href$='/delete/']").click()
    visit.see("delete one check")


@scene("2 check", "newcomer")
def newcomer_has_no_check(visit: Visit) -> None:
    visit.open("checks, none", "/checks/")
    visit.open("counts, not yet", "/checks/counts/")
    visit.open("count refused", "/checks/counts/heel-raise/", 409)
    visit.open("count, right now", "/checks/counts/right-now/")
    visit.open("count, right now, explained", "/checks/counts/right-now/explained/")


@scene("2 check", "counting")
def person_counts(visit: Visit) -> None:
    page = visit.page
    visit.open("counts", "/checks/counts/")
    visit.open("count, how to stand", "/checks/counts/one-leg-stance/")
    visit.open("count, standing", "/checks/counts/one-leg-stance/count/")
    page.clock.install()
    page.goto("/checks/counts/heel-raise/")
    visit.see("count, how to raise")
    page.goto("/checks/counts/heel-raise/count/")
    press(page, "Start left")
    page.clock.run_for(8_500)
    visit.see("count, raising")
    press(page, "Stop")
    visit.see("count, written down")
    page.goto("/checks/counts/heel-raise/count/")
    page.locator("input[name=left_1]").fill("1000")
    press(page, "Save")
    visit.see("count, error", 422)
    visit.open("count, this hurts", "/checks/counts/heel-raise/stop/")
    visit.open("count, result", "/checks/counts/heel-raise/result/")
    visit.open("count, result of standing", "/checks/counts/one-leg-stance/result/")


# --- safety and the plan ---------------------------------------------------------------------------------


@scene("3 plan", "newcomer")
def newcomer_plans(visit: Visit) -> None:
    page = visit.page
    visit.open("plan, none", "/plan/")

    def stop(page: Page, name: str) -> None:
        visit.by(page, name)
        if name == "plan-things":
            tick(page, "Kettlebells")
            page.get_by_label(re.compile(r"^\s*Weights of your kettlebells")).fill("many")
            press(page, "Continue")
            visit.see("plan-things, error", 422)
            page.goto("/plan/new/things/")
        elif name in {"safety-feet-and-legs", "plan-days", "plan-time"}:
            press(page, "Continue")
            visit.see(f"{name}, error", 422)
        elif name == "plan-preview":
            follow(page, "Show me the next four weeks")
            visit.see("plan-preview, four weeks")
            page.go_back()
            open_line(page, "Hip circles").get_by_role("link", name=re.compile("^Another step")).click()
            visit.see("plan-preview, one line")
            page.locator("main form button").first.click()
            visit.see("plan-preview, one line, error", 422)
            page.goto("/plan/new/preview/")

    page.goto("/plan/new/")
    answer_safety_lists(page, see=stop)
    visit.see("plan-adult")
    press(page, "Continue")
    visit.see("plan-adult, error", 422)
    make_a_plan(page, see=stop)


@scene("2 check", "looked")
def person_looks_again_on_another_day(visit: Visit) -> None:
    visit.open("second look, right now", "/check/again/right-now/")
    visit.open("second look, right now, explained", "/check/again/right-now/explained/")


@scene("3 plan", "looked")
def person_answers_lists(visit: Visit) -> None:
    page = visit.page
    visit.open("today, with a check", "/")
    page.goto("/plan/new/")
    press(page, "None of these")
    tick(page, "I’m not sure")
    press(page, "Continue")
    visit.see("safety list, explained")
    page.goto("/safety/told-or-had/")
    page.locator("label.opt").first.click()
    press(page, "Continue")
    visit.see("safety list, one ticked")


@scene("3 plan", "planning")
def person_drafts(visit: Visit) -> None:
    visit.open("today, with a draft", "/")
    visit.open("plan, a draft", "/plan/")
    visit.open("plan preview from a check", "/plan/new/preview/")


@scene("3 plan", "demo")
def plan_of_twelve_weeks(visit: Visit) -> None:
    page = visit.page
    visit.open("plan, twelve weeks", "/plan/")
    visit.open("plan ahead", "/plan/ahead/")
    visit.open("plan line", "/plan/lines/bridge/")
    visit.open("plan, an exercise to add", "/plan/lines/march/")
    visit.open("end the plan", "/plan/end/")
    visit.open("plan minutes", "/plan/minutes/")
    tick(page, "About 10 minutes")
    press(page, "Save")
    visit.see("plan minutes, what stays")
    visit.open("plan days", "/plan/days/")
    while page.locator("input[name=weekdays]:checked").count():
        page.locator("input[name=weekdays]:checked").first.uncheck()
    page.locator("main form button.button").first.click()
    visit.see("plan days, error", 422)
    visit.open("the next plan", "/plan/new/")
    visit.open("plans that ended, none", "/plan/past/")


@scene("3 plan", "first day")
def plan_on_its_first_day(visit: Visit) -> None:
    page = visit.page
    visit.open("plan, first day", "/plan/")
    page.goto("/")
    page.get_by_role("link", name="Move or skip").click()
    visit.see("plan, move or skip")
    press(page, "Save")
    visit.see("plan, move or skip, error", 422)
    page.goto("/plan/lines/hip-circle/")
    page.evaluate(
        "Object.assign(document.querySelector('button[name=remove]'), {name: 'rung', value: 'no_support'})"
    )
    press(page, "Take it out of the plan")
    visit.see("refused, out of reach", 409)


@scene("3 plan", "on hold")
def plan_on_hold(visit: Visit) -> None:
    page = visit.page
    visit.open("today, on hold", "/")
    visit.open("plan, on hold", "/plan/")
    visit.open("safety, locked", "/safety/")
    visit.open("refused, on hold", "/plan/workouts/2/", 409)
    page.goto("/safety/")
    follow(page, "I have been seen")
    visit.see("been seen")
    press(page, "Save")
    visit.see("been seen, error", 422)
    tick(page, "Diabetes")
    page.get_by_label("When were you seen?").fill(visit.person["today"])
    choose(page, verdict="yes")
    press(page, "Save")
    visit.see("been seen, saved")
    visit.open("today, seen", "/")
    visit.open("been seen, nothing waits", "/safety/seen/")


@scene("3 plan", "hurt at the mirror")
def person_hurt_at_the_mirror(visit: Visit) -> None:
    page = visit.page
    visit.open("no check today", "/check/")
    visit.open("checks, not today", "/checks/")
    visit.open("today, be seen", "/")
    visit.open("plan, be seen", "/plan/")
    visit.open("plan-new, be seen", "/plan/new/")
    visit.open("safety, be seen for two things", "/safety/")
    page.goto("/safety/seen/")
    tick(page, "Diabetes")
    page.get_by_label("When were you seen?").fill(visit.person["today"])
    choose(page, verdict="with_limits")
    press(page, "Save")
    visit.see("been seen, more waits")


@scene("3 plan", "told not yet")
def person_was_told_not_yet(visit: Visit) -> None:
    visit.open("check start, be seen", "/check/")
    visit.open("result, told not yet", "/check/result/")
    visit.open("today, told not yet", "/")
    visit.open("been seen, not yet", "/safety/seen/saved/")


@scene("3 plan", "on hold, as asked before")
def plan_held_by_a_retired_question(visit: Visit) -> None:
    visit.open("safety, asked before", "/safety/")


@scene("3 plan", "adapted")
def plan_adapted(visit: Visit) -> None:
    visit.open("plan, with limits", "/plan/")
    visit.open("safety, with limits", "/safety/")
    visit.open("plan, an exercise left out", "/plan/lines/banded-walk/")


@scene("3 plan", "hurt twice")
def exercise_on_hold(visit: Visit) -> None:
    visit.open("today, an exercise on hold", "/")
    visit.open("plan line, on hold", "/plan/lines/bridge/")
    visit.open("seen about an exercise", "/plan/seen/bridge/")


@scene("3 plan", "paused")
def plan_paused(visit: Visit) -> None:
    visit.open("today, paused", "/")
    visit.open("plan, paused", "/plan/")


@scene("3 plan", "over")
def plan_over(visit: Visit) -> None:
    visit.open("today, twelve weeks done", "/")
    visit.open("plan, twelve weeks done", "/plan/")
    visit.page.get_by_role("link", name="See your twelve weeks").click()
    visit.see("twelve weeks, not looked again")


@scene("3 plan", "over, looked")
def plan_over_and_looked(visit: Visit) -> None:
    visit.page.goto("/plan/")
    visit.page.get_by_role("link", name="See your twelve weeks").click()
    visit.see("twelve weeks, then and now")
    visit.page.get_by_role("link", name="Choose how to go on").click()
    visit.see("twelve weeks, the choice")


@scene("3 plan", "ended")
def plan_ended(visit: Visit) -> None:
    visit.open("today, plan ended", "/")
    visit.open("plan, ended", "/plan/")
    visit.open("plans that ended", "/plan/past/")
    visit.page.locator("main a.edit").first.click()
    visit.see("plan that ended")


# --- training --------------------------------------------------------------------------------------------


@scene("4 training", "newcomer 2")
def nothing_yet(visit: Visit) -> None:
    open_all(
        visit,
        {
            "today, nothing yet": "/",
            "workouts, none": "/workouts/",
            "progress, none": "/progress/",
            "safety, nothing said": "/safety/",
        },
    )


@scene("4 training", "demo")
def twelve_weeks(visit: Visit) -> None:
    open_all(
        visit,
        {
            "today, planned": "/",
            "workouts": "/workouts/",
            "workouts, a month without": "/workouts/?month=2020-02",
            "progress": "/progress/",
            "progress, one exercise": "/progress/side-lying-abduction/",
            "progress, never done": "/progress/march/",
            "workout sheet": "/workouts/sheet/",
        },
    )


@scene("4 training", "demo")
def charts_as_tables(visit: Visit) -> None:
    visit.page.goto("/progress/")
    for summary in visit.page.locator("main details > summary").all():
        summary.click()
    visit.see("progress, tables opened")


@scene("4 training", "at rest")
def day_of_rest(visit: Visit) -> None:
    visit.open("today, a day of rest", "/")
    visit.open("progress, one workout", "/progress/")


@scene("4 training", "missed")
def missed_one(visit: Visit) -> None:
    visit.open("today, one was missed", "/")


@scene("4 training", "carrying on")
def carry_on(visit: Visit) -> None:
    visit.open("today, carry on", "/")
    visit.open("workout, begun", f"/workouts/{visit.person['today']}/1/")


@scene("4 training", "away")
def back_after_weeks(visit: Visit) -> None:
    page = visit.page
    visit.open("today, after weeks away", "/")
    before_a_workout(page)
    visit.see("start, after weeks away")
    press(page, "Continue")
    visit.see("start, error", 422)
    choose(page, unwell="yes", restart="gently")
    press(page, "Continue")
    visit.see("what is new today")
    press(page, "Continue")
    visit.see("what is new today, error", 422)
    page.locator("label.opt").first.click()
    press(page, "Continue")
    visit.see("no workout today")


@scene("4 training", "up late")
def up_late(visit: Visit) -> None:
    visit.open("start, after midnight", "/workouts/start/")
    follow(visit.page, "Yesterday, ")
    visit.see("start, for yesterday")


def count_all_sets(page: Page) -> None:
    """Every set of the exercise, up to its log, all saved."""
    while page.get_by_role("button", name="Set done").count():
        later(page)
        press(page, "Set done")
    expect(page.locator("[data-mode=log]")).to_be_visible()
    expect(page.locator("#not-saved")).to_have_count(0)


def to_the_first_set(visit: Visit) -> None:
    """From Today past the sheet and the warm-up."""
    visit.open("today, first day", "/")
    visit.open("workout sheet, first day", "/workouts/sheet/")
    visit.open("start", "/workouts/start/")
    choose(visit.page, unwell="no")
    press(visit.page, "Continue")
    visit.see("warm-up")
    skip_the_warm_up(visit.page)


@scene("4 training", "first day")
def first_workout(visit: Visit) -> None:
    page = visit.page
    to_the_first_set(visit)
    where = page.url
    visit.see("set")
    page.get_by_text("Sound, pace, note, how to do it").click()
    visit.see("set, how to do it")
    page.locator("input[name=repetitions]").fill("1000")
    send(page, "#set")
    visit.see("set, error", 422)
    page.goto(where)
    count_all_sets(page)
    visit.see("log, in the player")
    page.goto(f"{where}how/")
    visit.see("log")
    page.get_by_text("Something was different").click()
    visit.see("log, something was different")
    page.get_by_role("button", name="Save").click()
    visit.see("log, error", 422)
    page.goto(f"{where}how/")
    page.get_by_text("Something was different").click()
    tick(page, "The same as on the left")
    visit.see("log, the same as on the left")
    page.goto(f"{where}how/")
    page.get_by_role("button", name="All sides as asked").click()
    page.goto(f"/workouts/{visit.person['today']}/1/")
    visit.see("workout, midway")
    page.goto(f"{where}how/")
    visit.see("log, to change")
    page.evaluate("document.querySelector('#differ [name=revision]').value = '7'")
    choose(page, pain_left="2")
    page.get_by_role("button", name="Save").click()
    visit.see("log, two answers", 409)
    page.goto(where.replace("side-lying-abduction", "bridge"))
    press(page, "This hurts: stop this exercise")
    page.wait_for_url("**/how/")
    visit.see("enough for today")
    page.get_by_text("Something was different").click()
    page.get_by_role("button", name="Save").click()
    visit.see("enough for today, error", 422)
    page.goto(f"/workouts/{visit.person['today']}/1/")
    follow(page, "Change")
    visit.see("set, to change")
    page.locator("input[name=repetitions]").fill("1000")
    press(page, "Save")
    visit.see("set, to change, error", 422)


@scene("4 training", "unwell")
def unwell_in_the_middle(visit: Visit) -> None:
    page = visit.page
    here = f"/workouts/{visit.person['today']}/1/"
    visit.open("log, nothing done", f"{here}bridge/how/")
    press(page, "Leave it out today")
    visit.open("log, left out", f"{here}bridge/how/")
    page.goto(here)
    follow(page, "Stop the workout: I feel unwell")
    visit.see("unwell in the middle")
    press(page, "Continue")
    visit.see("unwell in the middle, error", 422)
    press(page, "None of these")
    visit.see("unwell in the middle, none of these")
    page.goto(f"{here}unwell/")
    page.locator("input[value=unsure]").check()
    press(page, "Continue")
    visit.see("unwell in the middle, explained")
    page.goto(f"{here}unwell/")
    page.locator("label.opt").first.click()
    press(page, "Continue")
    visit.see("your workout has ended")
    visit.open("workout, ended and on hold", here)


def until(page: Page, phase: str) -> None:
    """Let the player's clock run until it says this.

    Whoever looked on before may have taken longer than a tick may be late: the player then waits for a tap.
    """
    goes_on = page.get_by_role("button", name="Go on")
    for _ in range(300):
        if goes_on.is_visible():
            page.clock.run_for(1_100)  # sooner it would be the same tap
            goes_on.click()
        if page.locator("[data-phase]").inner_text() == phase:
            return
        page.clock.run_for(1_000)
    raise AssertionError(f"the player never says {phase}")


def answering(**answer: Any) -> Callable[[Route], None]:
    """A server that gives this answer, whatever it is asked."""
    return lambda route: route.fulfill(**answer)


@scene("4 training", "player", allows=("net::ERR_", "status of 4", "status of 503"))
def player(visit: Visit) -> None:
    page = visit.page
    where = f"/workouts/{visit.person['today']}/1/banded-walk/"
    page.clock.install()
    page.goto(where)
    press(page, "Count for me")
    visit.see("player, get ready")
    until(page, "Step")
    visit.see("player, counting")
    until(page, "Step")
    press(page, "Pause")
    visit.see("player, paused")
    until(page, "Switch sides")
    visit.see("player, switch sides")
    until(page, "Rest")
    visit.see("player, rest")
    page.clock.run_for(1_100)  # sooner it would be the same tap
    page.context.set_offline(offline=True)
    press(page, "Set done")
    visit.see("player, not saved yet")
    page.context.set_offline(offline=False)
    page.evaluate("document.dispatchEvent(new Event('freeze'))")
    expect(page.locator("#not-saved")).to_have_count(0)
    visit.see("player, waits at get ready")
    page.clock.resume()
    page.goto(where)
    for answer, name in (
        ({"status": 403, "json": {"reason": "signed_out", "sign_in": "/accounts/login/"}}, "signed out"),
        ({"status": 403, "json": {"reason": "page_too_old"}}, "page too old"),
        ({"status": 503, "body": ""}, "server down"),
    ):
        page.route("**/banded-walk/**", answering(**answer))
        if name == "signed out":
            later(page)
            press(page, "Set done")
        else:
            page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("#not-saved")).to_contain_text(
            {"signed out": "signed out", "page too old": "too old", "server down": "does not answer"}[name]
        )
        visit.see(f"player, {name}")
        page.unroute("**/banded-walk/**")
    press(page, "Send now")
    expect(page.locator("#not-saved")).to_have_count(0)
    page.goto(where.replace("banded-walk", "side-lying-abduction"))
    first = page.locator("[data-side].on").get_attribute("data-side")
    later(page)
    press(page, "Set done")
    page.get_by_text("Sound, pace, note, how to do it").click()
    page.locator("input[name=repetitions]").fill("-1")
    later(page)
    press(page, "Set done")
    visit.see("player, wrong number")
    page.locator("input[name=repetitions]").fill("8")
    page.evaluate(
        """side => {
          const form = document.querySelector('input[name=repetitions]').form;
          Object.assign(form.side, {value: side});
          Object.assign(form.set_number, {value: '1'});
          Object.assign(form.repetitions, {value: '3'});
        }""",
        first,
    )
    later(page)
    press(page, "Set done")
    visit.see("player, two numbers")


@scene("4 training", "moves")
def moves_led(visit: Visit) -> None:
    page = visit.page
    here = f"/workouts/{visit.person['today']}/1/"
    page.clock.install()
    page.goto(f"{here}warm-up/")
    press(page, "Start the warm-up")
    visit.see("warm-up, get ready")
    until(page, "Walk")
    visit.see("warm-up, walking")
    visit.open("stretches", f"{here}stretches/")
    page.get_by_text("Front of the hip, standing, instead").click()
    visit.see("stretches, another way")
    press(page, "Start the stretches")
    until(page, "Hold")
    visit.see("stretches, held")
    until(page, "Switch sides")
    visit.see("stretches, switch sides")


@scene("4 training", "may fall")
def moves_held(visit: Visit) -> None:
    here = f"/workouts/{visit.person['today']}/1/"
    visit.open("warm-up, holding on", f"{here}warm-up/")
    visit.open("stretches, at the wall only", f"{here}stretches/")


@scene("4 training", "two phones", allows=("net::ERR_",))
def player_without_a_connection(visit: Visit) -> None:
    page = visit.page
    page.goto(f"/workouts/{visit.person['today']}/1/banded-walk/")
    page.context.set_offline(offline=True)
    press(page, "This hurts: stop this exercise")
    expect(page.locator("#not-saved")).to_contain_text("no connection")
    visit.see("player, stopped without a connection")


@scene("4 training", "two phones")
def two_phones(visit: Visit) -> None:
    page = visit.page
    page.goto(f"/workouts/{visit.person['today']}/1/banded-walk/")
    later(page)
    write(page, "5")
    write(page, "6")
    visit.see("set, the same tap")
    later(page)
    page.evaluate("document.querySelector('input[name=side]').value = 'left'")
    write(page, "7")
    visit.see("set, two answers", 409)
    page.goto(f"/workouts/{visit.person['today']}/1/banded-walk/")
    page.evaluate("document.querySelector('[data-undo] [name=client_key]').value = 'another'")
    page.evaluate("document.querySelector('[data-undo]').submit()")
    page.wait_for_url("**/remove/")
    visit.see("set, not taken away", 409)
    page.goto(f"/workouts/{visit.person['today']}/1/banded-walk/")
    page.evaluate("document.querySelector('[data-undo]').submit()")
    expect(page.get_by_role("main")).to_contain_text("Taken away")
    visit.see("set, taken away")


@scene("4 training", "done")
def workout_done(visit: Visit) -> None:
    page = visit.page
    visit.open("today, done", "/")
    visit.open("workout, done", f"/workouts/{visit.person['today']}/1/")
    unfold(page, "Write a note for yourself")
    page.locator("textarea[name=note]").fill("The band slipped, and the mat was cold.")
    press(page, "Save the note")
    visit.see("workout, with a note")
    follow(page, "Remove this workout")
    visit.see("remove a workout")
    follow(page, "Cancel")
    page.locator("textarea[name=note]").evaluate(
        "area => { area.removeAttribute('maxlength'); area.value = 'x'.repeat(5000) }"
    )
    press(page, "Save the note")
    visit.see("note, error", 422)
    visit.open("plan, trained today", "/plan/")


@scene("4 training", "all done")
def every_exercise_done(visit: Visit) -> None:
    visit.open("workout, all exercises done", f"/workouts/{visit.person['today']}/1/")


@scene("4 training", "on paper")
def on_paper(visit: Visit) -> None:
    page = visit.page
    visit.open("type in a workout", "/workouts/add/")
    page.locator("input[name=on]").fill("2020-01-01")
    press(page, "Continue")
    visit.see("type in a workout, error", 422)
    page.goto("/workouts/add/")
    press(page, "Continue")
    visit.see("typed in")
    choose(page, did_bridge="all", did_banded_walk="some", did_side_lying_abduction="none")
    visit.see("typed in, one was different")
    press(page, "Save the workout")
    visit.see("typed in, errors", 422)


# --- the account -----------------------------------------------------------------------------------------


@scene("5 account")
def sign_in(visit: Visit) -> None:
    page = visit.page
    visit.open("sign in", "/accounts/login/")
    page.locator("input[name=login]").fill("nobody@example.org")
    page.locator("input[name=password]").fill("not this one")
    page.locator("main form button.button").first.click()
    visit.see("sign in, error", 422)
    visit.open("password forgotten", "/accounts/password/reset/")
    page.locator("main form button.button").first.click()
    visit.see("password forgotten, error", 422)
    page.locator("input[name=email]").fill(visit.people["done"]["email"])
    page.locator("main form button.button").first.click()
    visit.see("password forgotten, code")
    page.locator("input[name=code]").fill("WRONG1")
    page.locator("main form button.button").first.click()
    visit.see("password forgotten, wrong code", 422)
    page.locator("input[name=code]").fill(visit.server.code_mailed_to(visit.people["done"]["email"]))
    page.locator("main form button.button").first.click()
    visit.see("a new password")
    page.locator("main form button.button").first.click()
    visit.see("a new password, error", 422)
    visit.open("a new password, kept", "/accounts/password/reset/done/")
    visit.open("account closed", "/accounts/inactive/")


LONG_ADDRESS = "anna-katharina.steinbauer@mail.example.org"


@scene("5 account")
def sign_in_by_code(visit: Visit) -> None:
    page = visit.page
    visit.open("sign in by code", "/accounts/login/code/")
    page.locator("input[name=email]").fill(visit.people["done"]["email"])
    page.locator("main form button.button").first.click()
    visit.see("sign in by code, sent")
    page.locator("input[name=code]").fill("WRONG1")
    page.locator("main form button.button").first.click()
    visit.see("sign in by code, wrong code", 422)


@scene("5 account")
def whose_answers(visit: Visit) -> None:
    page = visit.page
    begin_the_check(page)
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(visit.people["newcomer 3"]["email"])
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button.button").first.click()
    visit.see("are they yours?")
    visit.open("check, begun before signing in", "/check/")
    page.goto("/check/whose/")
    press(page, "No, delete them")
    visit.see("are they yours? no")
    visit.open("signed in on, this device", "/accounts/sessions/")


def confirm(page: Page) -> None:
    """Say once more who it is, with the password, if that is asked: not where it was said a moment ago."""
    if "/reauthenticate/" not in page.url:
        return
    page.locator("main input[type=password]").fill(PASSWORD)
    page.locator("main form button.button").first.click()


@scene("5 account", "newcomer 3")
def passkeys(visit: Visit) -> None:
    page = visit.page
    visit.open("passkeys, none", "/accounts/2fa/webauthn/")
    page.goto("/accounts/2fa/webauthn/add/")
    confirm(page)
    visit.see("passkeys, add")
    with_authenticator(page)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("h1")).to_have_text("Your passkeys")
    visit.see("passkeys, one")
    follow(page, "Rename")
    visit.see("passkeys, rename")
    page.locator("input[name=name]").fill("")
    press(page, "Save")
    visit.see("passkeys, rename, error", 422)
    page.goto("/accounts/2fa/webauthn/")
    follow(page, "Remove")
    visit.see("passkeys, remove")
    visit.open("say who you are, with a passkey", "/accounts/2fa/webauthn/reauthenticate/")
    page.goto("/accounts/2fa/webauthn/")
    follow(page, "Remove")
    press(page, "Remove it")
    visit.see("passkeys, removed")


@scene("5 account", "newcomer 3")
def second_step(visit: Visit) -> None:
    page = visit.page
    visit.open("second step, off", "/accounts/2fa/")
    page.goto("/accounts/2fa/totp/activate/")
    confirm(page)
    visit.see("second step, set up")
    page.locator("input[name=code]").fill("000000")
    press(page, "Turn it on")
    visit.see("second step, set up, error", 422)
    unfold(page, "On this phone, or without a camera")
    secret = page.locator("details b").inner_text()
    page.locator("input[name=code]").fill(code_of_app(secret))
    press(page, "Turn it on")
    visit.see("recovery codes")
    visit.open("recovery codes, make new ones", "/accounts/2fa/recovery-codes/generate/")
    visit.open("second step, on", "/accounts/2fa/")
    visit.open("say who you are, with a code", "/accounts/2fa/reauthenticate/")
    visit.open("settings, second step", "/settings/")
    visit.open("second step, turn off", "/accounts/2fa/totp/deactivate/")
    press(page, "Turn it off")
    visit.see("second step, turned off")


@scene("5 account", "moved")
def address_undone(visit: Visit) -> None:
    page = visit.page
    visit.open("undo a new e-mail address", visit.person["undo"])
    press(page, "Undo the change")
    visit.see("undo a new e-mail address, done")
    visit.open("undo a new e-mail address, used up", visit.person["undo"], 404)


@scene("5 account")
def sign_up(visit: Visit) -> None:
    page = visit.page
    visit.open("sign up", "/accounts/signup/")
    page.locator("input[name=email]").fill("not an address")
    page.locator("input[name=password1]").fill("123")
    page.locator("main form button.button").first.click()
    visit.see("sign up, errors", 422)
    fill_sign_up(page, visit.server, LONG_ADDRESS, see=visit.by)


@scene("5 account", "demo")
def settings(visit: Visit) -> None:
    page = visit.page
    visit.open("settings", "/settings/")
    visit.open("settings, you", "/settings/you/")
    visit.open("belongings", "/settings/equipment/")
    page.get_by_label(re.compile(r"^\s*Weights of your kettlebells")).fill("many")
    press(page, "Save")
    visit.see("belongings, error", 422)
    page.goto("/settings/equipment/")
    page.get_by_label(re.compile(r"^\s*Weights of your kettlebells")).fill("4, 6")
    page.evaluate("document.querySelector('input[name=revision]').value = '0'")
    press(page, "Save")
    visit.see("belongings, changed elsewhere", 409)
    visit.open("pace", "/settings/pace/")
    visit.open("pace of one exercise", "/settings/pace/bridge/")
    page.evaluate("document.querySelector('[name=ready_seconds]').selectedOptions[0].value = '99'")
    press(page, "Save")
    visit.see("pace, error", 422)
    visit.open("reminders", "/settings/reminders/")
    tick(page, "On training days")
    page.locator("input[name=hour]").fill("")
    press(page, "Save")
    visit.see("reminders, error", 422)
    page.goto("/settings/calendar/")
    confirm(page)
    visit.see("calendar")
    page.locator("input[name=hour]").fill("")
    press(page, "Make a calendar address")
    visit.see("calendar, error", 422)
    page.locator("input[name=hour]").fill("18:30")
    press(page, "Make a calendar address")
    visit.see("calendar, its address")
    visit.open("calendar, with an address", "/settings/calendar/")
    visit.open("e-mail address", "/accounts/email/")
    page.locator("main form input[type=email]").fill("nobody")
    page.locator("main form button.button").first.click()
    visit.see("e-mail address, error", 422)
    visit.open("password", "/accounts/password/change/")
    page.locator("main form button.button").first.click()
    visit.see("password, errors", 422)
    visit.open("what happened", "/settings/events/")
    visit.open("sign out", "/accounts/logout/")
    visit.open("say who you are", "/accounts/reauthenticate/")


@scene("5 account", "everything")
def taken_to_a_clinician(visit: Visit) -> None:
    visit.open("clinician, everything", "/settings/clinician/?name=on&notes=on")


@scene("5 account", "newcomer 2")
def settings_of_a_newcomer(visit: Visit) -> None:
    page = visit.page
    visit.open("settings, nothing said", "/settings/")
    visit.open("belongings, nothing said", "/settings/equipment/")
    page.goto("/settings/you/")
    page.locator("input[name=name]").evaluate(
        "field => { field.removeAttribute('maxlength'); field.value = 'x'.repeat(500) }"
    )
    press(page, "Save")
    visit.see("settings, you, error", 422)
    visit.open("reminders, stop?", visit.person["stop"])
    press(page, "Stop these")
    visit.see("reminders, stopped")
    visit.open("signed in on", "/accounts/sessions/")
    visit.open("what happened, to a newcomer", "/settings/events/")
    page.goto("/accounts/reauthenticate/?next=/settings/export/")
    page.locator("main input[type=password]").fill(PASSWORD)
    page.locator("main form button.button").first.click()
    visit.see("take along")
    visit.open("bring in", "/settings/import/")
    press(page, "Look into it")
    visit.see("bring in, error", 422)
    visit.open("bring workouts in", "/settings/import/workouts/")
    page.locator("main summary").last.click()
    visit.see("bring workouts in, the steps")
    press(page, "Look into it")
    visit.see("bring workouts in, error", 422)
    send_table(page, "2020-11-24,Bridge,Bridge on two legs,1,8", "2020-11-25,Bridge,Jump,1,8")
    visit.see("bring workouts in, found")
    press(page, "Bring it in")
    page.goto("/workouts/2020-11-24/")
    visit.see("workout, brought in")
    visit.open("clinician, nothing told", "/settings/clinician/")
    visit.open("erase", "/settings/erase/")
    press(page, "Erase it now")
    visit.see("erase, error", 422)


# --- after everything else that is shown of the demonstration person ---


@scene("4 training", "demo")
def training_with_weights(visit: Visit) -> None:
    page = visit.page
    before_a_workout(page)
    answer_safety_lists(page)
    choose(page, unwell="no")
    press(page, "Continue")
    skip_the_warm_up(page)
    visit.see("workout, week 12")
    where = f"/workouts/{visit.person['today']}/1/"
    for exercise in ("deadlift", "heel-raise", "short-foot"):
        page.goto(where)
        if page.locator(f"main a[href='{where}{exercise}/']").count():  # by the weekday it may be left out
            visit.open(f"set, {exercise}", f"{where}{exercise}/")


# --- errors ----------------------------------------------------------------------------------------------


@scene("6 errors")
def errors(visit: Visit) -> None:
    for status in (400, 403, 404, 429, 500, 503):
        visit.draw(f"error {status}", status)
    page = visit.page
    page.goto("/check/")
    page.context.clear_cookies()
    tick(page, "I am 18 or over")
    press(page, "Start the check")
    visit.see("error 403, no cookie", 403)


@scene("6 errors")
def form_shown_again(visit: Visit) -> None:
    page = visit.page
    begin_the_check(page)
    page.goto("/check/right-now/")
    tick(page, "I’m not sure")
    page.context.add_cookies([{"name": "csrf", "value": "x" * 32, "url": visit.server.address}])
    press(page, "Continue")
    visit.see("error 403, form shown again", 403)


@scene("6 errors", "newcomer 2")
def error_405(visit: Visit) -> None:
    visit.open("error 405", "/plan/change/pause/", 405)
