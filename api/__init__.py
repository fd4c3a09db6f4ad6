"""Everything that faces a person or a program: the HTTP service, the pages, the command line, the reports."""
