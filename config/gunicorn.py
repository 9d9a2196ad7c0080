"""How the web process serves: `gunicorn -c python:config.gunicorn config.wsgi`."""

import os

from config.logging import log_settings

bind = os.environ.get("GOLIVE_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
threads = 4
worker_class = "gthread"
worker_tmp_dir = "/dev/shm"  # noqa: S108  # the heartbeat file of a worker, in memory
timeout = 60  # seconds
max_requests = 2000
max_requests_jitter = 200
control_socket_disable = True
# Gunicorn prints the whole error when a request breaks; ours says where, without the words.
logconfig_dict = log_settings(json=True, level=os.environ.get("LOG_LEVEL", "INFO"))
