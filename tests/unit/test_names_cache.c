/* The cache of addresses' names: it remembers, it is bounded, it forgets everything at once. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "names/cache.h"

static struct name_cache make(char **block)
{
    *block = malloc(cache_size());
    assert_non_null(*block);
    struct arena arena = arena_over(*block, cache_size());
    struct name_cache c = cache_make(&arena, 42);
    assert_false(arena.full);
    return c;
}

static void remembers_each_state(void **state)
{
    static const u8 v4[4] = { 192, 0, 2, 1 }, v6[16] = { 192, 0, 2, 1 }, mac[6] = { 192, 0, 2, 1 };
    char *block;
    struct name_cache c = make(&block);
    struct str name;

    assert_int_equal(cache_get(&c, v4, 4, &name), CACHE_UNKNOWN);
    cache_put(&c, v4, 4, CACHE_ASKED, STR_EMPTY);
    cache_put(&c, v6, 16, CACHE_NAMELESS, str_of("ignored"));
    cache_put(&c, mac, 6, CACHE_NAMED, str_of("mac"));
    assert_int_equal(cache_get(&c, v4, 4, &name), CACHE_ASKED);
    assert_int_equal(cache_get(&c, v6, 16, &name), CACHE_NAMELESS);
    assert_int_equal(cache_get(&c, mac, 6, &name), CACHE_NAMED);
    assert_true(str_equal(name, str_of("mac")));
    cache_put(&c, v4, 4, CACHE_NAMED, str_of("host.example"));
    assert_int_equal(cache_get(&c, v4, 4, &name), CACHE_NAMED);
    assert_true(str_equal(name, str_of("host.example")));
    free(block);
}

static void any_number_of_addresses_fits_bounded_memory(void **state)
{
    char *block;
    struct name_cache c = make(&block);
    struct str name;

    for (u32 i = 0; i < 5 * CACHE_ENTRIES; i++) {
        u8 address[4], bytes[8];
        store_be32(address, i);
        store_be32(bytes, i);
        store_be32(bytes + 4, ~i);
        cache_put(&c, address, 4, CACHE_NAMED, str_make((const char *)bytes, sizeof bytes));
        assert_int_equal(cache_get(&c, address, 4, &name), CACHE_NAMED);
        assert_int_equal(name.len, sizeof bytes);
        assert_memory_equal(name.p, bytes, sizeof bytes);
        assert_true(c.count <= CACHE_ENTRIES);
    }
    free(block);
}

static void long_names_do_not_overflow_the_text(void **state)
{
    char *block, text[255];
    struct name_cache c = make(&block);
    struct str name;

    memset(text, 'n', sizeof text);
    for (u32 i = 0; i < 3 * CACHE_TEXT / sizeof text; i++) {
        u8 address[16] = { 0 };
        store_be32(address + 12, i);
        cache_put(&c, address, 16, CACHE_NAMED, str_make(text, sizeof text));
        assert_int_equal(cache_get(&c, address, 16, &name), CACHE_NAMED);
        assert_memory_equal(name.p, text, sizeof text);
        assert_true(c.text_used <= CACHE_TEXT);
    }
    free(block);
}

static void without_memory_it_knows_nothing(void **state)
{
    static const u8 v4[4] = { 1, 2, 3, 4 };
    struct arena none = arena_over(NULL, 0);
    struct name_cache c = cache_make(&none, 1);
    struct str name;

    cache_put(&c, v4, 4, CACHE_NAMED, str_of("x"));
    assert_int_equal(cache_get(&c, v4, 4, &name), CACHE_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(remembers_each_state),
        cmocka_unit_test(any_number_of_addresses_fits_bounded_memory),
        cmocka_unit_test(long_names_do_not_overflow_the_text),
        cmocka_unit_test(without_memory_it_knows_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
