// Material calls this for the first page and for each one after it.
document$.subscribe(() => dockerfilePlayground.upgrade());
