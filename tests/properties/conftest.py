"""How hard Hypothesis tries: `SITEGEN_THOROUGH=1` looks fifty times as long."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "quick", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("thorough" if os.environ.get("SITEGEN_THOROUGH") == "1" else "quick")
