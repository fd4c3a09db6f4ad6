"""Text out of the bytes of a file that somebody saved: the encodings that offices here use."""

from __future__ import annotations

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decoded(data: bytes) -> str | None:
    """Text in UTF-16 with its mark, UTF-8 with or without one, or GBK (as GB 18030); None where it is none of these."""
    for encoding in ("utf-16",) if data.startswith(UTF_16_MARKS) else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
