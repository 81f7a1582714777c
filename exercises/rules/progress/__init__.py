"""What became of the training so far: weeks, courses, findings, milestones, charts."""
