"""Exercises, ladders, plan, schedule, progression, workouts."""
