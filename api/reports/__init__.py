"""What leaves the screen: Word and Excel files an official can hand in."""
