"""The facade: all that the labs know of moto's insides, the virtual clock and AWS's words."""
