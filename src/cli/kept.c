/* Bounded sets of output files. */
#include "cli/kept.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct kept_file *file_at(const struct kept *k, size_t i)
{
    return &k->files[k->first + i];
}

/* Takes the i-th file out of the list. */
static void forget(struct kept *k, size_t i)
{
    struct kept_file *file = file_at(k, i);

    k->bytes -= file->bytes;
    free(file->name);
    memmove(file, file + 1, (k->count - i - 1) * sizeof *file);
    k->count--;
}

/* Room for one more behind the last. */
static bool make_room(struct kept *k)
{
    if (k->first + k->count < k->room)
        return true;
    if (k->first > 0) {
        memmove(k->files, k->files + k->first, k->count * sizeof *k->files);
        k->first = 0;
        return true;
    }
    size_t room = k->room == 0 ? 16 : k->room * 2;
    struct kept_file *more = realloc(k->files, room * sizeof *more);
    if (more == NULL)
        return false;
    k->files = more;
    k->room = room;
    return true;
}

bool kept_add(struct kept *k, const char *name, u64 bytes)
{
    for (size_t i = 0; i < k->count; i++) {
        if (strcmp(file_at(k, i)->name, name) == 0) {
            forget(k, i);
            break;
        }
    }
    char *copy = strdup(name);
    if (copy == NULL || !make_room(k)) {
        free(copy);
        return false;
    }
    *file_at(k, k->count++) = (struct kept_file){ copy, bytes };
    k->bytes += bytes;
    return true;
}

bool kept_trim(struct kept *k, u64 unfinished, u64 bytes, const char **failed)
{
    while (k->count > 0 && ((k->max_files > 0 && k->count + unfinished > k->max_files) ||
                            (k->max_bytes > 0 && k->bytes + bytes > k->max_bytes))) {
        struct kept_file *oldest = file_at(k, 0);
        if (unlink(oldest->name) < 0 && errno != ENOENT) {
            *failed = oldest->name;
            return false;
        }
        k->bytes -= oldest->bytes;
        free(oldest->name);
        k->first++;
        k->count--;
    }
    return true;
}

void kept_free(struct kept *k)
{
    for (size_t i = 0; i < k->count; i++)
        free(file_at(k, i)->name);
    free(k->files);
    *k = (struct kept){ .files = NULL };
}
