"""The users' questions, each a room: who should meet whom, what is missing, and why."""
