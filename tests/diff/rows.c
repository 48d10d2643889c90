/* Reads the tables of filter expressions. */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return NULL;
    size_t size = 0, room = 1 << 16;
    char *text = malloc(room);
    for (;;) {
        size_t n = fread(text + size, 1, room - size - 1, f);
        size += n;
        if (n == 0)
            break;
        if (size + 1 == room)
            text = realloc(text, room *= 2);
    }
    text[size] = '\0';
    fclose(f);
    return text;
}

/* Resolves \\ \t \n \r \xHH in place. */
static void unescape(char *s)
{
    char *to = s;
    for (; *s != '\0'; s++) {
        if (*s != '\\') {
            *to++ = *s;
            continue;
        }
        s++;
        char hex[3] = "";
        switch (*s) {
        case 't': *to++ = '\t'; break;
        case 'n': *to++ = '\n'; break;
        case 'r': *to++ = '\r'; break;
        case 'x':
            memcpy(hex, s + 1, 2);
            *to++ = (char)strtol(hex, NULL, 16);
            s += 2;
            break;
        default: *to++ = *s; break;
        }
    }
    *to = '\0';
}

static size_t split(char *line, struct row *row)
{
    size_t n = 0;
    while (line != NULL && n < ROW_COLUMNS) {
        char *end = strchr(line, '\t');
        if (end != NULL)
            *end++ = '\0';
        row->cell[n++] = line;
        unescape(line);
        line = end;
    }
    return n;
}

bool table_read(struct table *table, const char *directory, const char *file)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    *table = (struct table){ .text = read_file(path) };
    if (table->text == NULL)
        return false;

    size_t room = 1024;
    table->rows = calloc(room, sizeof *table->rows);
    bool first = true;
    for (char *line = table->text; *line != '\0';) {
        char *end = line + strcspn(line, "\n"), *next = *end == '\0' ? end : end + 1;
        *end = '\0';
        if (first) {
            table->columns = split(line, &table->head);
        } else {
            if (table->count == room) {
                table->rows = realloc(table->rows, 2 * room * sizeof *table->rows);
                memset(table->rows + room, 0, room * sizeof *table->rows);
                room *= 2;
            }
            split(line, &table->rows[table->count++]);
        }
        first = false;
        line = next;
    }
    return true;
}

void table_free(struct table *table)
{
    free(table->rows);
    free(table->text);
}

const char *table_cell(const struct table *table, const struct row *row, const char *column)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->head.cell[i], column) == 0)
            return row->cell[i] != NULL ? row->cell[i] : "";
    return "";
}
