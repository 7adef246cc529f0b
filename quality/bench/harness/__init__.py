"""Measures whole commands from outside; quality/bench/run is the door."""
