"""Write docs/live.schema.json: ``python docs/make_live_schema.py``."""

import json
from pathlib import Path

from repsight.live.messages_schema import messages_schema

if __name__ == "__main__":
    text = json.dumps(messages_schema(), indent=2, ensure_ascii=False) + "\n"
    Path(__file__).with_name("live.schema.json").write_text(text, encoding="utf-8")
