/* Opening and closing savefiles, and what both formats have in common. */
#include "pcapfile/savefile.h"

#include <stdarg.h>

#include "base/format.h"
#include "base/linktype.h"
#include "pcapfile/pcap.h"
#include "pcapfile/pcapng.h"
#include "pcapfile/savefile_private.h"

enum { MAGIC_LEN = 4, FIRST_PIECE = 4096, INTERFACES_FIRST = 4, INTERFACES_MAX = 65536 };

bool savefile_fail(struct savefile *f, const char *fmt, ...)
{
    struct out o = out_fixed(f->error, sizeof f->error - 1);
    va_list ap;

    va_start(ap, fmt);
    out_vformat(&o, NULL, fmt, ap);
    va_end(ap);
    *o.pos = '\0';
    f->done = true;
    return false;
}

bool savefile_fail_short(struct savefile *f, const char *text, u32 wanted, size_t got)
{
    const struct reader *r = &f->reader;
    const char *why = gunzip_explain(r->failure);

    if (why != NULL)
        return savefile_fail(f, "error reading dump file: %s", why);
    if (r->failure != 0) {
        f->failure = r->failure;
        return savefile_fail(f, "error reading dump file");
    }
    if (r->starved)
        return savefile_fail(f, "out of memory for a record of %u bytes", wanted);
    struct out o = out_fixed(f->error, sizeof f->error - 1);
    out_text_z(&o, "truncated ");
    out_text_z(&o, f->format == SAVEFILE_PCAPNG ? "pcapng dump file" : "dump file");
    out_format(&o, "; tried to read %u ", wanted);
    out_text_z(&o, text);
    out_format(&o, ", only got %zu", got);
    *o.pos = '\0';
    f->done = true;
    return false;
}

u32 savefile_snaplen_max(u32 linktype)
{
    enum { MIB = 1024 * 1024 };
    switch (linktype) {
    case LINKTYPE_DBUS:
        return 128 * MIB;
    case LINKTYPE_EBHSCR:
        return 8 * MIB;
    case LINKTYPE_USBPCAP:
        return MIB;
    default:
        return PCAP_SNAPLEN_MAX;
    }
}

u32 savefile_snaplen(u32 linktype, u32 from_file)
{
    return from_file == 0 || from_file > INT32_MAX ? savefile_snaplen_max(linktype) : from_file;
}

struct savefile_interface *savefile_new_interface(struct savefile *f)
{
    if (f->interface_count == f->interface_room) {
        u32 room = f->interface_room > 0 ? f->interface_room * 2 : INTERFACES_FIRST;
        size_t each = sizeof *f->interfaces;
        struct memory_source *m = &f->setup.memory;
        void *larger = NULL;
        if (room <= INTERFACES_MAX)
            larger = m->resize(m->context, f->interfaces, f->interface_room * each, room * each);
        if (larger == NULL) {
            savefile_fail(f, "no room for more than %u interfaces", f->interface_count);
            return NULL;
        }
        f->interfaces = larger;
        f->interface_room = room;
    }
    struct savefile_interface *i = &f->interfaces[f->interface_count++];
    *i = (struct savefile_interface){ .linktype = 0 };
    return i;
}

/* Puts the decompressor between the stream and the reader, which has read the first bytes. */
static bool decompress(struct savefile *f)
{
    struct reader *r = &f->reader;
    struct memory_source *m = &f->setup.memory;

    f->inflater = m->resize(m->context, NULL, 0, sizeof *f->inflater);
    if (f->inflater == NULL)
        return savefile_fail(f, "out of memory for decompression");
    f->gzip = true;
    gunzip_open(f->inflater, r->in, r->at, reader_has(r));
    r->in = (struct byte_stream){ .read = gunzip_read, .from = f->inflater };
    r->at = r->end = r->buffer;
    return true;
}

static bool recognise(struct savefile *f)
{
    struct reader *r = &f->reader;

    /* a small first piece: what is read too far has to fit into the decompressor's input */
    r->piece = FIRST_PIECE;
    if (reader_need(r, MAGIC_LEN) && gunzip_recognises(r->at, reader_has(r)) && !decompress(f))
        return false;
    r->piece = READER_PIECE;
    r->looks = r->in.show != NULL;
    if (!reader_need(r, MAGIC_LEN))
        return savefile_fail_short(f, "file header bytes", MAGIC_LEN, reader_has(r));

    u32 magic;
    memcpy(&magic, r->at, sizeof magic);
    if (pcap_recognises(magic))
        return pcap_read_header(f, magic);
    if (pcapng_recognises(magic))
        return pcapng_read_header(f);
    return savefile_fail(f, "unknown file format");
}

bool savefile_open(struct savefile *f, const struct savefile_setup *setup)
{
    *f = (struct savefile){ .setup = *setup };
    if (!reader_open(&f->reader, setup->in, setup->memory, SAVEFILE_BUFFER))
        return savefile_fail(f, "out of memory for reading");
    return recognise(f);
}

int savefile_next(struct savefile *f, struct packet *batch, int max)
{
    int n = 0;

    if (!f->done)
        n = f->format == SAVEFILE_PCAP ? pcap_read_packets(f, batch, max)
                                       : pcapng_read_packets(f, batch, max);
    if (n > 0)
        return n;
    f->done = true;
    return f->error[0] != '\0' ? -1 : 0;
}

int savefile_more(struct savefile *f, struct packet *batch, int max)
{
    if (f->done)
        return 0;
    return f->format == SAVEFILE_PCAP ? pcap_read_buffered(f, batch, max)
                                      : pcapng_read_buffered(f, batch, max);
}

void savefile_close(struct savefile *f)
{
    struct memory_source *m = &f->setup.memory;

    reader_close(&f->reader);
    if (f->inflater != NULL)
        m->resize(m->context, f->inflater, sizeof *f->inflater, 0);
    if (f->interfaces != NULL)
        m->resize(m->context, f->interfaces, f->interface_room * sizeof *f->interfaces, 0);
    if (f->preamble != NULL)
        m->resize(m->context, f->preamble, f->preamble_room, 0);
    f->inflater = NULL;
    f->interfaces = NULL;
    f->interface_count = f->interface_room = 0;
    f->preamble = NULL;
    f->preamble_len = f->preamble_room = 0;
    f->done = true;
}
