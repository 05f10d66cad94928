# shows: a negative exit code
raise SystemExit(-1)
