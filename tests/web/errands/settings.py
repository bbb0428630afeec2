"""The site's settings with the database's queue and the tests' jobs, for a worker of its own process."""

from tinhgon_web.settings import *  # noqa: F403  # all of them
from tinhgon_web.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "errands"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOB_LOST_AFTER = 2
