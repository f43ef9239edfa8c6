"""Write docs/report.schema.json: ``python docs/make_report_schema.py``."""

import json
from pathlib import Path

from repsight.core.report_schema import report_schema

if __name__ == "__main__":
    text = json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n"
    Path(__file__).with_name("report.schema.json").write_text(text, encoding="utf-8")
