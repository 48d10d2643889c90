/*
 * One instruction of the classic BPF machine, laid out as the kernel's struct sock_filter
 * (<linux/filter.h>), so that an array of them can be attached as it is.
 *
 *      0               16      24      32                              64
 *      +---------------+-------+-------+-------------------------------+
 *      |     code      |  jt   |  jf   |               k               |
 *      +---------------+-------+-------+-------------------------------+
 *
 * All fields are in host byte order.  Jump distances count from the instruction behind this one.
 * The machine has an accumulator A, an index register X and BPF_CELLS scratch cells, all 32 bits
 * wide; A and X are zero when a program starts.
 */
#ifndef BPF_INSN_H
#define BPF_INSN_H

#include "base/types.h"

struct bpf_insn {
    u16 code;  /* class, size or operation, mode or source: see bpf/insn.def */
    u8 jt, jf; /* conditional jumps: distance when true, when false */
    u32 k;     /* constant, offset, distance of ja, or scratch cell */
};

/* The most instructions that the kernel takes (BPF_MAXINSNS), and the scratch cells (BPF_MEMWORDS). */
enum { BPF_INSNS_MAX = 4096, BPF_CELLS = 16 };

/* The opcodes, BPF_LD_W_ABS and so on. */
enum bpf_code {
#define INSN(name, code, flow, mnemonic, operand, text) BPF_##name = (code),
#include "bpf/insn.def"
#undef INSN
};

/* What an instruction does to the flow of control and to the registers. */
enum bpf_flow {
    BPF_FLOW_A,     /* puts a value into A, then goes on */
    BPF_FLOW_X,     /* puts a value into X, then goes on */
    BPF_FLOW_STORE, /* writes a scratch cell, then goes on */
    BPF_FLOW_TEST,  /* goes on at jt or at jf */
    BPF_FLOW_JUMP,  /* goes on at k */
    BPF_FLOW_RETURN /* ends the program */
};

/* How the operand is written in a listing. */
enum bpf_operand {
    BPF_OPERAND_NONE,   /* (nothing)      */
    BPF_OPERAND_K,      /* #0x800         */
    BPF_OPERAND_DEC,    /* #262144        */
    BPF_OPERAND_X,      /* x              */
    BPF_OPERAND_ABS,    /* [12]           */
    BPF_OPERAND_IND,    /* [x + 14]       */
    BPF_OPERAND_MSH,    /* 4*([14]&0xf)   */
    BPF_OPERAND_CELL,   /* M[3]           */
    BPF_OPERAND_LENGTH, /* #pktlen        */
    BPF_OPERAND_TARGET  /* 17             */
};

/* One opcode, as a row of bpf/insn.def has it. */
struct bpf_opcode {
    u8 flow, operand; /* enum bpf_flow, enum bpf_operand */
    char mnemonic[6]; /* "ldh" */
};

/* Room for every class, size, mode and operation that a code can spell. */
enum { BPF_CODES = 256 };

/* Rows by code; those without a mnemonic are no instructions. */
extern const struct bpf_opcode bpf_opcodes[BPF_CODES];

/* The row of an opcode; NULL when the machine has no such instruction. */
static inline const struct bpf_opcode *bpf_opcode(u16 code)
{
    return code < BPF_CODES && bpf_opcodes[code].mnemonic[0] != '\0' ? &bpf_opcodes[code] : NULL;
}

/* What a valid instruction does, an enum bpf_flow. */
static inline u8 bpf_flow(u16 code) { return bpf_opcodes[code].flow; }

/*
 * Kernel metadata: an absolute load from BPF_AD_OFF + one of these yields a value that is not among
 * the packet's bytes, whatever the load's size (SKF_AD_* of <linux/filter.h>).
 */
enum {
    BPF_AD_PROTOCOL = 0,          /* EtherType of the packet's payload, as the socket reports it */
    BPF_AD_PKTTYPE = 4,           /* PACKET_HOST, PACKET_OUTGOING ... of <linux/if_packet.h> */
    BPF_AD_IFINDEX = 8,           /* number of the interface */
    BPF_AD_HATYPE = 28,           /* ARPHRD_ type of the interface */
    BPF_AD_ALU_XOR_X = 40,        /* no metadata: A = A ^ X, from the time before xor was there */
    BPF_AD_VLAN_TAG = 44,         /* 802.1Q tag control information that the kernel took off */
    BPF_AD_VLAN_TAG_PRESENT = 48, /* 1 when it took one off, else 0 */
    BPF_AD_VLAN_TPID = 60         /* EtherType of that tag; the last one that there is */
};

/* Absolute loads at or above these are no offsets: metadata; from network header; from link header. */
#define BPF_AD_OFF  0xfffff000u
#define BPF_NET_OFF 0xfff00000u
#define BPF_LL_OFF  0xffe00000u

/* Whether the kernel knows metadata by this offset of an absolute load. */
static inline bool bpf_is_metadata(u32 k)
{
    return k >= BPF_AD_OFF && k <= BPF_AD_OFF + BPF_AD_VLAN_TPID && k % 4 == 0;
}

#endif
