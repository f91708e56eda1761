"""Can a packet get there? Questions about the network, each answered from the world alone."""
