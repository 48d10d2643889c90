/* The pcapng format's numbers, draft-ietf-opsawg-pcapng. */
#ifndef PCAPFILE_PCAPNG_H
#define PCAPFILE_PCAPNG_H

/* Every block: type, total length, body, total length again; padded to four bytes. */
enum { PCAPNG_BLOCK_MIN = 12, PCAPNG_BLOCK_HEADER = 8, PCAPNG_BLOCK_TRAILER = 4 };

enum pcapng_block_type {
    BLOCK_SECTION = 0x0a0d0d0a,    /* a palindrome, and broken by any text-mode transfer */
    BLOCK_INTERFACE = 1,
    BLOCK_PACKET_OBSOLETE = 2,
    BLOCK_PACKET_SIMPLE = 3,
    BLOCK_NAMES = 4,
    BLOCK_STATISTICS = 5,
    BLOCK_PACKET = 6,              /* "enhanced" */
    BLOCK_SECRETS = 10,            /* keys for decryption */
    BLOCK_CUSTOM = 0x0bad,
    BLOCK_CUSTOM_NO_COPY = 0x40000bad,
};

/* What the word after a section header's length reads in the order the section is written in. */
#define PCAPNG_BYTE_ORDER_MAGIC 0x1a2b3c4du

/* Bytes of each block's fixed part, between length and options or data. */
enum {
    SECTION_FIXED = 16,   /* order magic, major, minor, section length (64 bits, -1: unknown) */
    INTERFACE_FIXED = 8,  /* link type (16), reserved (16), snapshot length */
    PACKET_FIXED = 20,    /* interface, time high, time low, captured length, length; the obsolete
                           * block has 16 bits of drops in the second half of the first word */
    SIMPLE_FIXED = 4,     /* length */
};

/* Option codes; those below 2 are common to all blocks, the others belong to one. */
enum pcapng_option {
    OPTION_END = 0,
    OPTION_COMMENT = 1,
    SHB_HARDWARE = 2,
    SHB_OS = 3,
    SHB_APPLICATION = 4,
    IF_NAME = 2,
    IF_DESCRIPTION = 3,
    IF_TSRESOL = 9,
    IF_FILTER = 11,    /* first byte 0: the rest is the filter's text */
    IF_OS = 12,
    IF_FCSLEN = 13,    /* of the frame check sequence, in bits: one byte */
    IF_TSOFFSET = 14,
    IF_HARDWARE = 15,
    EPB_FLAGS = 2,     /* the two lowest bits are the direction */
    EPB_DROPCOUNT = 4,
    ISB_STARTTIME = 2,
    ISB_ENDTIME = 3,
    ISB_IFRECV = 4,
    ISB_IFDROP = 5,
    ISB_FILTERACCEPT = 6,
    ISB_OSDROP = 7,
    ISB_USRDELIV = 8,
};

enum { EPB_FLAGS_DIRECTION = 3, EPB_INBOUND = 1, EPB_OUTBOUND = 2 };

/* Record types of a name resolution block. */
enum {
    NAME_END = 0, NAME_IP4 = 1, NAME_IP6 = 2, NAME_EUI48 = 3, NAME_EUI64 = 4,
};

#endif
