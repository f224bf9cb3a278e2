module example.org/large

go 1.23
