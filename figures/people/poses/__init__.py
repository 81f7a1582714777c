"""Every picture of a person, as a pose: joint angles in degrees, where feet and hands are, view, person, things.

A module holds pictures that share poses; its `pictures()` gives them all.
"""
