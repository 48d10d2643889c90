/* A build that recognises gzip files and does not decompress them. */
#include "pcapfile/gunzip.h"

bool gunzip_recognises(const u8 *bytes, size_t n)
{
    return n >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

void gunzip_open(struct gunzip *g, struct byte_stream in, const u8 *first, size_t n)
{
    (void)g, (void)in, (void)first, (void)n;
}

i64 gunzip_read(void *gunzip, void *to, size_t n)
{
    (void)gunzip, (void)to, (void)n;
    return GUNZIP_CORRUPT;
}

const char *gunzip_explain(i64 failure)
{
    if (failure != GUNZIP_CORRUPT)
        return NULL;
    return "this small build does not decompress: pipe it from gunzip -c to -r -";
}
