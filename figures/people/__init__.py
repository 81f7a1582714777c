"""Pictures of people, from one jointed body.

`joints` says how far joints go, `mesh` reads the body model, `body` shapes a person and `cast` names them, `pose` bends
their joints, `scene` adds things, `drawing` turns what the camera sees into SVG. `poses` holds every picture, `build`
writes them. Building needs what the group `figures` of pyproject.toml installs; nothing else here does.
"""
