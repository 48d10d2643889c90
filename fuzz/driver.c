/*
 * Runs a fuzz target without a fuzzing engine, so that any compiler can replay the corpus.
 *
 *   fuzz_NAME [-m COUNT] FILE|FOLDER...
 *
 * Each file is given to the target as it is, then cut in half, in quarters and so on, then COUNT times with a
 * few bytes changed.  The changes come from a fixed seed: the same files give the same run everywhere.
 * A file is copied to memory of exactly its size, so that a sanitizer sees every read past its end.
 * Exit status 77 (skipped) when there was no file.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SKIPPED = 77, CHANGES = 4, PATH_ROOM = 4096 };

static uint64_t random_state = 0x9e3779b97f4a7c15;

/* xorshift64*: good enough to choose bytes, and equal on all machines. */
static uint32_t random_below(uint32_t limit)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (uint32_t)((random_state * 0x2545f4914f6cdd1d) >> 32) % limit;
}

static void give(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (!copy) {
        perror("malloc");
        exit(1);
    }
    memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void replay(uint8_t *data, size_t size, long mutations)
{
    give(data, size);
    for (size_t cut = size / 2; cut > 0; cut /= 2)
        give(data, cut);
    for (long i = 0; i < mutations && size > 0 && size <= UINT32_MAX; i++) {
        uint32_t at[CHANGES];
        uint8_t old[CHANGES];
        for (int c = 0; c < CHANGES; c++) {
            at[c] = random_below((uint32_t)size);
            old[c] = data[at[c]];
            data[at[c]] = (uint8_t)random_below(256);
        }
        give(data, size);
        for (int c = CHANGES - 1; c >= 0; c--)
            data[at[c]] = old[c];
    }
}

static void replay_file(const char *path, size_t size, long mutations)
{
    FILE *f = fopen(path, "rb");
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (!f || !data || fread(data, 1, size, f) != size) {
        perror(path);
        exit(1);
    }
    fclose(f);
    replay(data, size, mutations);
    free(data);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* The number of files that were replayed: one, or all that are directly in a folder. */
static long replay_path(const char *path, long mutations)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return 0;
    if (!S_ISDIR(about.st_mode)) {
        replay_file(path, (size_t)about.st_size, mutations);
        return 1;
    }
    struct dirent **entries;
    const int count = scandir(path, &entries, NULL, by_name);
    long replayed = 0;
    for (int i = 0; i < count; i++) {
        char inner[PATH_ROOM];
        const int n = snprintf(inner, sizeof inner, "%s/%s", path, entries[i]->d_name);
        if (n > 0 && n < PATH_ROOM && entries[i]->d_name[0] != '.')
            replayed += replay_path(inner, mutations);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return replayed;
}

int main(int argc, char **argv)
{
    long mutations = 0, replayed = 0;
    int i = 1;
    if (argc > 2 && strcmp(argv[1], "-m") == 0) {
        mutations = strtol(argv[2], NULL, 10);
        i = 3;
    }
    for (; i < argc; i++)
        replayed += replay_path(argv[i], mutations);
    printf("%ld files, %ld changed copies of each\n", replayed, mutations);
    return replayed > 0 ? 0 : SKIPPED;
}
