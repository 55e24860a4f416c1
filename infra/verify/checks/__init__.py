"""The checks of `mingzhang verify`: each states a sentence, and looks for what breaks it."""
