/* Random filter expressions, most of them valid. */
#ifndef DIFF_RANDOM_FILTER_H
#define DIFF_RANDOM_FILTER_H

#include <stddef.h>
#include <stdint.h>

/* Writes an expression; returns the name of the link type that it is for. */
const char *random_filter(char *text, size_t size, uint64_t *state);

#endif
