/*
 * Packets that find their way through a filter program.
 *
 * Random bytes hardly ever pass the first test.  So a program is run on a packet, and at a
 * comparison of packet bytes with a constant a coin decides which way to go, and the bytes are
 * changed to suit.
 */
#ifndef DIFF_STEER_H
#define DIFF_STEER_H

#include <stdbool.h>
#include <stdint.h>

/* As struct bpf_insn of <pcap/bpf.h> and of bpf/insn.h. */
struct steer_insn {
    uint16_t code;
    uint8_t jt, jf;
    uint32_t k;
};

struct steer_packet {
    uint8_t bytes[512];
    uint32_t caplen, len;
};

/* A number below n from a state that must not be 0. */
uint32_t steer_random(uint64_t *state, uint32_t n);

/* Fills a packet: zeros, noise, or something like a frame of the link layer's usual traffic. */
void steer_fill(struct steer_packet *p, uint64_t *state, uint32_t payload_at);

/* Runs the program once and changes the packet on the way. */
void steer_walk(const struct steer_insn *program, uint32_t count, struct steer_packet *p, uint64_t *state);

/*
 * The verdict with the rules of user space: shifts by 32 and more give 0.  `*aborted` tells that a
 * load out of the packet or a division by zero ended the program.
 */
uint32_t steer_run(const struct steer_insn *program, uint32_t count, const struct steer_packet *p,
                   bool *aborted);

#endif
