#!/bin/sh
#1 Brings the schema of the database up to date, then becomes the service.
#2 exec puts the service in the place of this shell, so that it gets the signals of `docker stop`.
set -e
/migrate
exec "$@"
