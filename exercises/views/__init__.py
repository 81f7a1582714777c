"""The pages of training, each found by the signed-in person, so that there is no id to guess."""
