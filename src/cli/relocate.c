/*
 * Relative relocations in their packed form, for a static program whose C library is older than them.
 *
 * A position-independent program has an entry for every pointer in its tables, 24 bytes each, which is
 * a tenth of this one.  The linker can pack them (-z pack-relative-relocs) into a few kilobytes:
 *
 *     an even word     the address of a word to be relocated
 *     an odd word      bit i, from 1 on: so is the i-th word behind the last address
 *
 * (Generic ABI, section "Relocation", DT_RELR.)  musl unpacks them from release 1.2.4 on.  What is
 * before it gets here first: the linker puts this function in the place of the one that starts the
 * library (--wrap), when no pointer of any table may be used yet.  So nothing here but addresses
 * relative to the code, and no call of the library.
 */
#include <elf.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>

#ifndef DT_RELR
enum { DT_RELRSZ = 35, DT_RELR = 36 };
#endif

#define HIDDEN __attribute__((visibility("hidden")))

extern const ElfW(Ehdr) __ehdr_start HIDDEN;
extern const ElfW(Dyn) _DYNAMIC[] HIDDEN;
extern int main(int argc, char **argv) HIDDEN;
extern void _init(void) HIDDEN;
extern void _fini(void) HIDDEN;

int __real___libc_start_main(int (*start)(int, char **), int argc, char **argv, void (*init)(void),
                             void (*fini)(void), void (*loader_fini)(void));
int __wrap___libc_start_main(int (*start)(int, char **), int argc, char **argv, void (*init)(void),
                             void (*fini)(void), void (*loader_fini)(void));

/* A word that is an address once it is relocated. */
static const void *const volatile probe = &__ehdr_start;

static void unpack(uintptr_t base, const uintptr_t *entry, const uintptr_t *end)
{
    enum { WORDS = 8 * sizeof(uintptr_t) - 1 };
    uintptr_t *next = NULL;

    for (; entry < end; entry++) {
        if ((*entry & 1) == 0) {
            next = (uintptr_t *)(base + *entry);
            *next++ += base;
            continue;
        }
        for (size_t i = 0; i < WORDS; i++)
            if ((*entry >> (i + 1) & 1) != 0)
                next[i] += base;
        next += WORDS;
    }
}

int __wrap___libc_start_main(int (*start)(int, char **), int argc, char **argv, void (*init)(void),
                             void (*fini)(void), void (*loader_fini)(void))
{
    uintptr_t base = (uintptr_t)&__ehdr_start, at = 0, bytes = 0;

    (void)start, (void)init, (void)fini; /* they may come from a table that is not relocated yet */
    for (const ElfW(Dyn) *d = _DYNAMIC; d->d_tag != DT_NULL; d++) {
        at = d->d_tag == DT_RELR ? d->d_un.d_ptr : at;
        bytes = d->d_tag == DT_RELRSZ ? d->d_un.d_val : bytes;
    }
    if (probe != &__ehdr_start)
        unpack(base, (const uintptr_t *)(base + at), (const uintptr_t *)(base + at + bytes));
    return __real___libc_start_main(main, argc, argv, _init, _fini, loader_fini);
}
