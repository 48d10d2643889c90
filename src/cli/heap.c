/*
 * malloc() and its kin, for a mini build.
 *
 * The C library's allocator is made for threads and for programs that live by it, and would be a
 * hundredth of such a build, which has no threads and allocates a few hundred blocks in its life.
 *
 *      | bytes | block ...        a head of 16 bytes, then what malloc() returns
 *
 * Small blocks have sizes of powers of two; a freed one is handed out again for the same size.
 * Large ones are mappings of their own, which the kernel gives back and can enlarge without
 * copying.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    HEAD = 16,                /* bytes; keeps blocks aligned */
    LEAST = 5,                /* the smallest size, as an exponent of two, the head included */
    SMALL = 15,               /* the largest that is no mapping */
    PIECE = 1 << (SMALL + 1), /* what the kernel is asked for, for small blocks */
};

struct block {
    size_t bytes;       /* of the block and its head */
    struct block *next; /* while it is free */
};

static struct block *freed[SMALL + 1];
static char *piece, *piece_end;

static struct block *map(size_t bytes)
{
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p != MAP_FAILED ? p : NULL;
}

/* The exponent of the smallest size that holds `bytes`. */
static unsigned size_of(size_t bytes)
{
    unsigned size = LEAST;

    while (((size_t)1 << size) < bytes)
        size++;
    return size;
}

static struct block *take_small(unsigned size)
{
    size_t bytes = (size_t)1 << size;
    struct block *b = freed[size];

    if (b != NULL) {
        freed[size] = b->next;
        return b;
    }
    if ((size_t)(piece_end - piece) < bytes) {
        /* What is left of the piece is lost: less than a block, which was never touched. */
        piece = (char *)map(PIECE);
        piece_end = piece != NULL ? piece + PIECE : NULL;
        if (piece == NULL)
            return NULL;
    }
    b = (struct block *)(void *)piece;
    piece += bytes;
    b->bytes = bytes;
    return b;
}

static struct block *take_large(size_t bytes)
{
    struct block *b = map(bytes);

    if (b != NULL)
        b->bytes = bytes;
    return b;
}

static struct block *block_of(void *p)
{
    return (struct block *)(void *)((char *)p - HEAD);
}

void *malloc(size_t n)
{
    struct block *b = NULL;

    if (n <= PTRDIFF_MAX - PIECE)
        b = n + HEAD <= (size_t)1 << SMALL ? take_small(size_of(n + HEAD)) : take_large(n + HEAD);
    if (b == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    return (char *)b + HEAD;
}

void free(void *p)
{
    if (p == NULL)
        return;
    struct block *b = block_of(p);
    if (b->bytes > (size_t)1 << SMALL) {
        int before = errno; /* free() leaves it alone */
        munmap(b, b->bytes);
        errno = before;
        return;
    }
    unsigned size = size_of(b->bytes);
    b->next = freed[size];
    freed[size] = b;
}

void *calloc(size_t count, size_t size)
{
    size_t n;

    if (__builtin_mul_overflow(count, size, &n)) {
        errno = ENOMEM;
        return NULL;
    }
    void *p = malloc(n);
    /* A mapping is zero already, and may be large. */
    if (p != NULL && block_of(p)->bytes <= (size_t)1 << SMALL)
        memset(p, 0, n);
    return p;
}

void *realloc(void *p, size_t n)
{
    if (p == NULL)
        return malloc(n);
    struct block *b = block_of(p);
    size_t bytes = b->bytes;
    if (n <= PTRDIFF_MAX - PIECE && n + HEAD <= bytes && bytes <= (size_t)1 << SMALL)
        return p;
    if (n <= PTRDIFF_MAX - PIECE && n + HEAD > (size_t)1 << SMALL && bytes > (size_t)1 << SMALL) {
        b = mremap(b, bytes, n + HEAD, MREMAP_MAYMOVE);
        if (b == MAP_FAILED)
            return NULL; /* errno is set */
        b->bytes = n + HEAD;
        return (char *)b + HEAD;
    }
    void *moved = malloc(n);
    if (moved != NULL) {
        memcpy(moved, p, bytes - HEAD < n ? bytes - HEAD : n);
        free(p);
    }
    return moved;
}
