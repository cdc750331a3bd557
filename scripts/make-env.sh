#!/bin/sh
# Writes .env for docker-compose.yml to stdout: .env.example with random secrets where it has none.
#   sh scripts/make-env.sh > .env
set -eu

# $1 letters and digits.
secret() {
  LC_ALL=C tr -dc 'A-Za-z0-9' < /dev/urandom | head -c "$1"
}

while IFS= read -r line; do
  case $line in
    QUEUESCOPE_GRAFANA_TOKEN=) echo "${line}qs_$(secret 43)" ;;
    MYSQL_ROOT_PASSWORD= | MYSQL_PASSWORD= | GRAFANA_SQL_PASSWORD= | GRAFANA_ADMIN_PASSWORD=) echo "$line$(secret 24)" ;;
    *) printf '%s\n' "$line" ;;
  esac
done < "$(dirname "$0")/../.env.example"
