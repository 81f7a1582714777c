"""The one form of the reference: which claims to show."""

from django import forms

from anatomy.catalogue import catalogue
from anatomy.entries import Claim, Grade


class ClaimFilter(forms.Form):
    """Claims by topic and grade; both may be left open."""

    topic = forms.ChoiceField(required=False)
    grade = forms.ChoiceField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        known = catalogue()
        topics = [(topic.slug, topic.title) for topic in known.topics.values() if topic.claims]
        self.fields["topic"].choices = [("", "All topics"), *topics]  # type: ignore[attr-defined]
        grades = [(grade.css_class, grade.label) for grade in Grade]
        self.fields["grade"].choices = [("", "All grades"), *grades]  # type: ignore[attr-defined]

    def chosen(self) -> list[tuple[Grade, list[Claim]]]:
        """The claims asked for by grade, surest first; all of them where what was asked for does not exist."""
        known = catalogue()
        asked = self.cleaned_data if self.is_valid() else {}
        topic = known.topics.get(asked.get("topic", "").replace("-", "_"))
        grade = asked.get("grade", "")
        return [
            (
                each,
                [
                    claim
                    for claim in known.claims.values()
                    if claim.grade is each and (topic is None or claim.key in topic.claims)
                ],
            )
            for each in Grade
            if grade in {"", each.css_class}
        ]
