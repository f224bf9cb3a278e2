module example.org/slog

go 1.23
