"""What a typed reply to a closed question means: clear, between a few things, or not understood. Pure."""
