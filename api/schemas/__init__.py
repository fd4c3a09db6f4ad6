"""What goes over the wire, apart from the domain: each model is made ``of`` what the domain answers with.

Texts are in the reader's language, a missing figure is null and its ``note`` says why, shares are 0-1, money is CNY.
"""
