"""The page for a clinician: what a person told, saw and did, in the field's terms, on one sheet.

All but `page.py` is pure: values in, words out. It decides nothing about bodies or training, calls nothing a change, and
counts what has no room, so that the page says what it leaves out.
"""
