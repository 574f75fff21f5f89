"""The parts that screens are made of. They show and ask; they decide nothing."""
