/* pcap files. */
#include "cli/write_pcap.h"

#include "pcapfile/savefile.h"

/* Mean length of records from which on the kernel gathers them faster than we copy them. */
enum { LONG = 512 };

size_t pcap_whole_records(const u8 *bytes, size_t n, bool first)
{
    size_t at = first ? PCAP_HEADER_LEN : 0;

    if (n < at)
        return 0;
    for (;;) {
        u32 fields[4];
        if (n - at < PCAP_RECORD_LEN)
            return at;
        memcpy(fields, bytes + at, sizeof fields);
        if (n - at - PCAP_RECORD_LEN < fields[2])
            return at;
        at += PCAP_RECORD_LEN + fields[2];
    }
}

bool pcap_output_begin(const struct pcap_output *o, struct writer *w)
{
    u8 header[PCAP_HEADER_LEN];

    pcap_write_header(header, &o->header);
    return writer_put(w, header, sizeof header);
}

/* A packet that is larger than the buffer, or a writer that has failed. */
static COLD bool put_huge(const struct pcap_output *o, struct writer *w, const struct packet *p)
{
    u8 header[PCAP_RECORD_LEN];

    pcap_write_record(header, p, o->header.nano);
    const struct piece pieces[] = { { header, sizeof header }, { p->data, pcap_data_len(p) } };
    return writer_put_pieces(w, pieces, countof(pieces));
}

static enum write_result put_packet(const struct pcap_output *o, struct writer *w,
                                    const struct packet *p)
{
    const size_t len = pcap_data_len(p), n = PCAP_RECORD_LEN + len;

    if (unlikely(p->linktype != o->header.linktype))
        return WRITE_LINKTYPE;
    if (unlikely(!pcap_can_hold(p)))
        return WRITE_TIME;
    u8 *to = writer_room(w, n);
    if (unlikely(to == NULL))
        return put_huge(o, w, p) ? WRITE_OK : WRITE_FAILED;
    pcap_write_record(to, p, o->header.nano);
    mem_copy_packet(to + PCAP_RECORD_LEN, p->data, len);
    writer_took(w, n);
    return WRITE_OK;
}

/* Whether a packet's record can be made where the packet lies. */
static bool fits_in_place(const struct pcap_output *o, const struct packet *p)
{
    return p->headroom >= PCAP_RECORD_LEN && p->linktype == o->header.linktype && pcap_can_hold(p);
}

/*
 * Long packets that lie in the ring of a live capture are written from there.  How many of the batch's
 * first are worth it, and what their records take, is what this finds out: 0 if they are short.
 */
static u32 count_long(const struct pcap_output *o, const struct packet *batch, u32 n)
{
    size_t total = 0;
    u32 count = 0;

    if (batch[0].headroom < PCAP_RECORD_LEN)
        return 0;
    n = n < WRITER_RECORDS_MAX ? n : WRITER_RECORDS_MAX;
    for (; count < n && fits_in_place(o, &batch[count]); count++)
        total += PCAP_RECORD_LEN + pcap_data_len(&batch[count]);
    return total >= WRITER_DIRECT && total / count >= LONG ? count : 0;
}

static bool put_in_place(const struct pcap_output *o, struct writer *w, const struct packet *batch,
                         u32 n)
{
    struct iovec records[WRITER_RECORDS_MAX];

    for (u32 i = 0; i < n; i++) {
        /* The headroom is ours to write. */
        u8 *record = (u8 *)(uintptr_t)batch[i].data - PCAP_RECORD_LEN;
        pcap_write_record(record, &batch[i], o->header.nano);
        records[i] = (struct iovec){ record, PCAP_RECORD_LEN + (size_t)pcap_data_len(&batch[i]) };
    }
    return writer_put_records(w, records, n);
}

enum write_result pcap_output_packets(const struct pcap_output *o, struct writer *w,
                                      const struct packet *batch, u32 n, u32 *done)
{
    *done = n > 0 ? count_long(o, batch, n) : 0;
    if (*done > 0 && !put_in_place(o, w, batch, *done)) {
        *done = 0;
        return WRITE_FAILED;
    }
    while (*done < n) {
        struct str records;
        u32 count = o->copies ? savefile_run(batch + *done, n - *done, &records) : 0;
        enum write_result result;
        if (count > 0)
            result = writer_put(w, records.p, records.len) ? WRITE_OK : WRITE_FAILED;
        else
            result = put_packet(o, w, &batch[*done]);
        if (unlikely(result != WRITE_OK))
            return result;
        *done += count > 0 ? count : 1;
    }
    return w->error == 0 ? WRITE_OK : WRITE_FAILED;
}
