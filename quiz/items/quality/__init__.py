"""Whether items can be answered without knowledge: guessers over all of them, checks of each."""
