"""The forms of planning and training. Labels only; clinical words stand in the content."""
