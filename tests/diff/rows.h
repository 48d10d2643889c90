/* The tables of filter expressions: tab-separated, the first line names the columns. */
#ifndef DIFF_ROWS_H
#define DIFF_ROWS_H

#include <stdbool.h>
#include <stddef.h>

enum { ROW_COLUMNS = 16 };

struct row {
    char *cell[ROW_COLUMNS]; /* zero-terminated, escapes resolved */
};

struct table {
    struct row head;
    struct row *rows;
    size_t count;
    size_t columns;
    char *text; /* owns all cells */
};

/* Reads a file; false when it cannot be read.  table_free() is due after success. */
bool table_read(struct table *table, const char *directory, const char *file);
void table_free(struct table *table);

/* The cell of a column; "" when the table has no such column. */
const char *table_cell(const struct table *table, const struct row *row, const char *column);

#endif
