"""What a migration must take with it, going forwards and back."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.builders import person
from tests.builders_training import a_running_plan

WITH_MARK = [("accounts", "0003_mark")]
WITHOUT_MARK = [("accounts", "0004_no_mark")]
TRIGGERS = {
    "sqlite": [
        "CREATE TRIGGER mark_accounts_user_update AFTER UPDATE OF email, name ON accounts_user "
        "BEGIN UPDATE accounts_user SET mark = random() WHERE id = NEW.id; END",
        "CREATE TRIGGER mark_exercises_plan_insert AFTER INSERT ON exercises_plan "
        "BEGIN UPDATE accounts_user SET mark = random() WHERE id = NEW.person_id; END",
    ],
    "postgresql": [
        "CREATE FUNCTION mark_accounts_user() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN NEW.mark := 7; RETURN NEW; END$$",
        "CREATE TRIGGER mark_accounts_user_update BEFORE UPDATE OF email, name ON accounts_user "
        "FOR EACH ROW EXECUTE FUNCTION mark_accounts_user()",
        "CREATE FUNCTION mark_exercises_plan() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN UPDATE accounts_user SET mark = 7 WHERE id IN (SELECT person_id FROM changed); "
        "RETURN NULL; END$$",
        "CREATE TRIGGER mark_exercises_plan_insert AFTER INSERT ON exercises_plan "
        "REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_exercises_plan()",
    ],
}
"""As the code before made them after each `migrate`: on the person, and on what is theirs."""
LEFT_OVER = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION ALL "
    "SELECT proname FROM pg_proc WHERE prorettype = 'trigger'::regtype AND starts_with(proname, 'mark')",
}


def asked(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()] if cursor.description else []


def migrate(to: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(to)


@pytest.mark.django_db(transaction=True)
def test_triggers_and_column_of_the_mark_go_and_come_back_with_the_people_in_place() -> None:
    plan = a_running_plan(person("owner@example.org"))
    migrate(WITH_MARK)
    for statement in TRIGGERS[connection.vendor]:
        asked(statement)
    asked("UPDATE accounts_user SET name = 'Ann'")
    assert asked(LEFT_OVER[connection.vendor])

    migrate(WITHOUT_MARK)
    call_command("migrate", verbosity=0)  # the apps that build on accounts, which had to go back with it

    assert asked(LEFT_OVER[connection.vendor]) == []
    plan.person.refresh_from_db()
    assert (plan.person.name, plan.person.email) == ("Ann", "owner@example.org")
    plan.refresh_from_db()
    migrate(WITH_MARK)
    assert asked("SELECT mark FROM accounts_user") != []
    migrate(WITHOUT_MARK)
    plan.person.save()
    call_command("migrate", verbosity=0)  # for the tests after this one
