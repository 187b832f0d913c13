;; The hashing kernel: SHA-256 (FIPS 180-4), Keccak-256 as Ethereum uses it, and what a Merkle tree does with it.
;; `npm run generate` assembles it into `kernel-code.ts`; `kernel.ts` calls it, and answers without it where a runtime
;; has no SIMD or forbids WebAssembly.
;;
;; Keccak runs two at a time: each of the state's 25 lanes is one v128, the first hash in its low half, the second in
;; its high half. Nothing is kept between calls but the state of a hash whose input comes in parts.
;;
;; Memory, in bytes:
;;      0  the round constants of Keccak, 24 of 8 bytes
;;    192  the round constants of SHA-256, 64 of 4 bytes
;;    448  its first state, 32 bytes
;;    512  its state, 32 bytes; at 544 the bytes hashed so far, 8 bytes
;;    576  its message schedule, 256 bytes
;;    896  Keccak's state, 25 lanes of 16 bytes
;;   1344  where a digest is left, 32 bytes
;;   1408  room for the caller: states of SHA-256 as at 512, 40 bytes each, at 1408 and 1472
;;   2048  input, to the end of the second page
(module
  (memory (export "memory") 2)

  ;; Keccak, FIPS 202 section 3.2.5
  (data (i32.const 0)
    "\01\00\00\00\00\00\00\00\82\80\00\00\00\00\00\00\8a\80\00\00\00\00\00\80\00\80\00\80\00\00\00\80"
    "\8b\80\00\00\00\00\00\00\01\00\00\80\00\00\00\00\81\80\00\80\00\00\00\80\09\80\00\00\00\00\00\80"
    "\8a\00\00\00\00\00\00\00\88\00\00\00\00\00\00\00\09\80\00\80\00\00\00\00\0a\00\00\80\00\00\00\00"
    "\8b\80\00\80\00\00\00\00\8b\00\00\00\00\00\00\80\89\80\00\00\00\00\00\80\03\80\00\00\00\00\00\80"
    "\02\80\00\00\00\00\00\80\80\00\00\00\00\00\00\80\0a\80\00\00\00\00\00\00\0a\00\00\80\00\00\00\80"
    "\81\80\00\80\00\00\00\80\80\80\00\00\00\00\00\80\01\00\00\80\00\00\00\00\08\80\00\80\00\00\00\80")

  ;; FIPS 180-4 section 4.2.2
  (data (i32.const 192)
    "\98\2f\8a\42\91\44\37\71\cf\fb\c0\b5\a5\db\b5\e9\5b\c2\56\39\f1\11\f1\59\a4\82\3f\92\d5\5e\1c\ab"
    "\98\aa\07\d8\01\5b\83\12\be\85\31\24\c3\7d\0c\55\74\5d\be\72\fe\b1\de\80\a7\06\dc\9b\74\f1\9b\c1"
    "\c1\69\9b\e4\86\47\be\ef\c6\9d\c1\0f\cc\a1\0c\24\6f\2c\e9\2d\aa\84\74\4a\dc\a9\b0\5c\da\88\f9\76"
    "\52\51\3e\98\6d\c6\31\a8\c8\27\03\b0\c7\7f\59\bf\f3\0b\e0\c6\47\91\a7\d5\51\63\ca\06\67\29\29\14"
    "\85\0a\b7\27\38\21\1b\2e\fc\6d\2c\4d\13\0d\38\53\54\73\0a\65\bb\0a\6a\76\2e\c9\c2\81\85\2c\72\92"
    "\a1\e8\bf\a2\4b\66\1a\a8\70\8b\4b\c2\a3\51\6c\c7\19\e8\92\d1\24\06\99\d6\85\35\0e\f4\70\a0\6a\10"
    "\16\c1\a4\19\08\6c\37\1e\4c\77\48\27\b5\bc\b0\34\b3\0c\1c\39\4a\aa\d8\4e\4f\ca\9c\5b\f3\6f\2e\68"
    "\ee\82\8f\74\6f\63\a5\78\14\78\c8\84\08\02\c7\8c\fa\ff\be\90\eb\6c\50\a4\f7\a3\f9\be\f2\78\71\c6")

  ;; FIPS 180-4 section 5.3.3, twice: where it is kept, and where hashing begins
  (data (i32.const 448)
    "\67\e6\09\6a\85\ae\67\bb\72\f3\6e\3c\3a\f5\4f\a5\7f\52\0e\51\8c\68\05\9b\ab\d9\83\1f\19\cd\e0\5b")
  (data (i32.const 512)
    "\67\e6\09\6a\85\ae\67\bb\72\f3\6e\3c\3a\f5\4f\a5\7f\52\0e\51\8c\68\05\9b\ab\d9\83\1f\19\cd\e0\5b")

  ;; One block of SHA-256, the 64 bytes at $at, into the state.
  (func $compress (param $at i32)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32)
    (local $e i32) (local $f i32) (local $g i32) (local $h i32)
    (local $i i32) (local $s i32) (local $t i32)
    (loop $word
      (v128.store offset=576 (local.get $i)
        (i8x16.shuffle 3 2 1 0 7 6 5 4 11 10 9 8 15 14 13 12
          (v128.load (i32.add (local.get $at) (local.get $i))) (v128.const i64x2 0 0)))
      (br_if $word (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (i32.const 64))))
    (local.set $i (i32.const 0))
    (loop $word
      (local.set $s (i32.load offset=580 (local.get $i)))
      (local.set $t (i32.load offset=632 (local.get $i)))
      (i32.store offset=640 (local.get $i)
        (i32.add
          (i32.add
            (i32.load offset=576 (local.get $i))
            (i32.xor
              (i32.xor (i32.rotr (local.get $s) (i32.const 7)) (i32.rotr (local.get $s) (i32.const 18)))
              (i32.shr_u (local.get $s) (i32.const 3))))
          (i32.add
            (i32.load offset=612 (local.get $i))
            (i32.xor
              (i32.xor (i32.rotr (local.get $t) (i32.const 17)) (i32.rotr (local.get $t) (i32.const 19)))
              (i32.shr_u (local.get $t) (i32.const 10))))))
      (br_if $word (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 192))))
    (local.set $a (i32.load offset=512 (i32.const 0)))
    (local.set $b (i32.load offset=516 (i32.const 0)))
    (local.set $c (i32.load offset=520 (i32.const 0)))
    (local.set $d (i32.load offset=524 (i32.const 0)))
    (local.set $e (i32.load offset=528 (i32.const 0)))
    (local.set $f (i32.load offset=532 (i32.const 0)))
    (local.set $g (i32.load offset=536 (i32.const 0)))
    (local.set $h (i32.load offset=540 (i32.const 0)))
    (local.set $i (i32.const 0))
    (loop $round
      (local.set $t
        (i32.add
          (i32.add
            (i32.add (local.get $h) (i32.load offset=192 (local.get $i)))
            (i32.load offset=576 (local.get $i)))
          (i32.add
            (i32.xor
              (i32.xor (i32.rotr (local.get $e) (i32.const 6)) (i32.rotr (local.get $e) (i32.const 11)))
              (i32.rotr (local.get $e) (i32.const 25)))
            (i32.xor (local.get $g) (i32.and (local.get $e) (i32.xor (local.get $f) (local.get $g)))))))
      (local.set $s
        (i32.add
          (i32.xor
            (i32.xor (i32.rotr (local.get $a) (i32.const 2)) (i32.rotr (local.get $a) (i32.const 13)))
            (i32.rotr (local.get $a) (i32.const 22)))
          (i32.or
            (i32.and (local.get $a) (local.get $b))
            (i32.and (local.get $c) (i32.or (local.get $a) (local.get $b))))))
      (local.set $h (local.get $g))
      (local.set $g (local.get $f))
      (local.set $f (local.get $e))
      (local.set $e (i32.add (local.get $d) (local.get $t)))
      (local.set $d (local.get $c))
      (local.set $c (local.get $b))
      (local.set $b (local.get $a))
      (local.set $a (i32.add (local.get $s) (local.get $t)))
      (br_if $round
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 256))))
    (i32.store offset=512 (i32.const 0)
      (i32.add (i32.load offset=512 (i32.const 0)) (local.get $a)))
    (i32.store offset=516 (i32.const 0)
      (i32.add (i32.load offset=516 (i32.const 0)) (local.get $b)))
    (i32.store offset=520 (i32.const 0)
      (i32.add (i32.load offset=520 (i32.const 0)) (local.get $c)))
    (i32.store offset=524 (i32.const 0)
      (i32.add (i32.load offset=524 (i32.const 0)) (local.get $d)))
    (i32.store offset=528 (i32.const 0)
      (i32.add (i32.load offset=528 (i32.const 0)) (local.get $e)))
    (i32.store offset=532 (i32.const 0)
      (i32.add (i32.load offset=532 (i32.const 0)) (local.get $f)))
    (i32.store offset=536 (i32.const 0)
      (i32.add (i32.load offset=536 (i32.const 0)) (local.get $g)))
    (i32.store offset=540 (i32.const 0)
      (i32.add (i32.load offset=540 (i32.const 0)) (local.get $h))))

  ;; Hashes the $length bytes of input; with $more they are whole blocks of 64 and others follow, else the digest is
  ;; left and the next call begins anew.
  (func (export "sha256") (param $length i32) (param $more i32)
    (local $at i32) (local $i i32)
    (i64.store offset=544 (i32.const 0)
      (i64.add (i64.load offset=544 (i32.const 0)) (i64.extend_i32_u (local.get $length))))
    (local.set $at (i32.const 2048))
    (block $whole
      (loop $block
        (br_if $whole (i32.lt_u (local.get $length) (i32.const 64)))
        (call $compress (local.get $at))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (local.set $length (i32.sub (local.get $length) (i32.const 64)))
        (br $block)))
    (if (local.get $more) (then (return)))
    (local.set $i (i32.add (local.get $at) (local.get $length)))
    (i32.store8 (local.get $i) (i32.const 0x80))
    (memory.fill (i32.add (local.get $i) (i32.const 1)) (i32.const 0) (i32.const 128))
    ;; The length in bits stands at the end, most significant byte first, in a block of its own if need be.
    (if (i32.ge_u (local.get $length) (i32.const 56))
      (then
        (call $compress (local.get $at))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))))
    (v128.store64_lane offset=56 0 (local.get $at)
      (i8x16.shuffle 7 6 5 4 3 2 1 0 7 6 5 4 3 2 1 0
        (i64x2.splat (i64.shl (i64.load offset=544 (i32.const 0)) (i64.const 3)))
        (v128.const i64x2 0 0)))
    (call $compress (local.get $at))
    (local.set $i (i32.const 0))
    (loop $half
      (v128.store offset=1344 (local.get $i)
        (i8x16.shuffle 3 2 1 0 7 6 5 4 11 10 9 8 15 14 13 12
          (v128.load offset=512 (local.get $i)) (v128.const i64x2 0 0)))
      (v128.store offset=512 (local.get $i) (v128.load offset=448 (local.get $i)))
      (br_if $half (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (i32.const 32))))
    (i64.store offset=544 (i32.const 0) (i64.const 0)))

  ;; Keccak-f[1600] on both halves of the state.
  (func $permute
    (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128) (local $a4 v128)
    (local $a5 v128) (local $a6 v128) (local $a7 v128) (local $a8 v128) (local $a9 v128)
    (local $a10 v128) (local $a11 v128) (local $a12 v128) (local $a13 v128) (local $a14 v128)
    (local $a15 v128) (local $a16 v128) (local $a17 v128) (local $a18 v128) (local $a19 v128)
    (local $a20 v128) (local $a21 v128) (local $a22 v128) (local $a23 v128) (local $a24 v128)
    (local $b0 v128) (local $b1 v128) (local $b2 v128) (local $b3 v128) (local $b4 v128)
    (local $b5 v128) (local $b6 v128) (local $b7 v128) (local $b8 v128) (local $b9 v128)
    (local $b10 v128) (local $b11 v128) (local $b12 v128) (local $b13 v128) (local $b14 v128)
    (local $b15 v128) (local $b16 v128) (local $b17 v128) (local $b18 v128) (local $b19 v128)
    (local $b20 v128) (local $b21 v128) (local $b22 v128) (local $b23 v128) (local $b24 v128)
    (local $c0 v128) (local $c1 v128) (local $c2 v128) (local $c3 v128) (local $c4 v128)
    (local $d0 v128) (local $d1 v128) (local $d2 v128) (local $d3 v128) (local $d4 v128)
    (local $t v128) (local $rc i32)
    (local.set $a0 (v128.load offset=896 (i32.const 0)))
    (local.set $a1 (v128.load offset=912 (i32.const 0)))
    (local.set $a2 (v128.load offset=928 (i32.const 0)))
    (local.set $a3 (v128.load offset=944 (i32.const 0)))
    (local.set $a4 (v128.load offset=960 (i32.const 0)))
    (local.set $a5 (v128.load offset=976 (i32.const 0)))
    (local.set $a6 (v128.load offset=992 (i32.const 0)))
    (local.set $a7 (v128.load offset=1008 (i32.const 0)))
    (local.set $a8 (v128.load offset=1024 (i32.const 0)))
    (local.set $a9 (v128.load offset=1040 (i32.const 0)))
    (local.set $a10 (v128.load offset=1056 (i32.const 0)))
    (local.set $a11 (v128.load offset=1072 (i32.const 0)))
    (local.set $a12 (v128.load offset=1088 (i32.const 0)))
    (local.set $a13 (v128.load offset=1104 (i32.const 0)))
    (local.set $a14 (v128.load offset=1120 (i32.const 0)))
    (local.set $a15 (v128.load offset=1136 (i32.const 0)))
    (local.set $a16 (v128.load offset=1152 (i32.const 0)))
    (local.set $a17 (v128.load offset=1168 (i32.const 0)))
    (local.set $a18 (v128.load offset=1184 (i32.const 0)))
    (local.set $a19 (v128.load offset=1200 (i32.const 0)))
    (local.set $a20 (v128.load offset=1216 (i32.const 0)))
    (local.set $a21 (v128.load offset=1232 (i32.const 0)))
    (local.set $a22 (v128.load offset=1248 (i32.const 0)))
    (local.set $a23 (v128.load offset=1264 (i32.const 0)))
    (local.set $a24 (v128.load offset=1280 (i32.const 0)))
    (loop $round
      ;; theta: the parity of each column, and what it adds to the columns beside it
      (local.set $c0
        (v128.xor
          (v128.xor (v128.xor (local.get $a0) (local.get $a5)) (v128.xor (local.get $a10) (local.get $a15)))
          (local.get $a20)))
      (local.set $c1
        (v128.xor
          (v128.xor (v128.xor (local.get $a1) (local.get $a6)) (v128.xor (local.get $a11) (local.get $a16)))
          (local.get $a21)))
      (local.set $c2
        (v128.xor
          (v128.xor (v128.xor (local.get $a2) (local.get $a7)) (v128.xor (local.get $a12) (local.get $a17)))
          (local.get $a22)))
      (local.set $c3
        (v128.xor
          (v128.xor (v128.xor (local.get $a3) (local.get $a8)) (v128.xor (local.get $a13) (local.get $a18)))
          (local.get $a23)))
      (local.set $c4
        (v128.xor
          (v128.xor (v128.xor (local.get $a4) (local.get $a9)) (v128.xor (local.get $a14) (local.get $a19)))
          (local.get $a24)))
      (local.set $d0
        (v128.xor (local.get $c4)
          (v128.or (i64x2.shl (local.get $c1) (i32.const 1)) (i64x2.shr_u (local.get $c1) (i32.const 63)))))
      (local.set $d1
        (v128.xor (local.get $c0)
          (v128.or (i64x2.shl (local.get $c2) (i32.const 1)) (i64x2.shr_u (local.get $c2) (i32.const 63)))))
      (local.set $d2
        (v128.xor (local.get $c1)
          (v128.or (i64x2.shl (local.get $c3) (i32.const 1)) (i64x2.shr_u (local.get $c3) (i32.const 63)))))
      (local.set $d3
        (v128.xor (local.get $c2)
          (v128.or (i64x2.shl (local.get $c4) (i32.const 1)) (i64x2.shr_u (local.get $c4) (i32.const 63)))))
      (local.set $d4
        (v128.xor (local.get $c3)
          (v128.or (i64x2.shl (local.get $c0) (i32.const 1)) (i64x2.shr_u (local.get $c0) (i32.const 63)))))
      ;; rho and pi: each lane is turned and takes another place
      (local.set $b0 (v128.xor (local.get $a0) (local.get $d0)))
      (local.set $t (v128.xor (local.get $a1) (local.get $d1)))
      (local.set $b10
        (v128.or (i64x2.shl (local.get $t) (i32.const 1)) (i64x2.shr_u (local.get $t) (i32.const 63))))
      (local.set $t (v128.xor (local.get $a2) (local.get $d2)))
      (local.set $b20
        (v128.or (i64x2.shl (local.get $t) (i32.const 62)) (i64x2.shr_u (local.get $t) (i32.const 2))))
      (local.set $t (v128.xor (local.get $a3) (local.get $d3)))
      (local.set $b5
        (v128.or (i64x2.shl (local.get $t) (i32.const 28)) (i64x2.shr_u (local.get $t) (i32.const 36))))
      (local.set $t (v128.xor (local.get $a4) (local.get $d4)))
      (local.set $b15
        (v128.or (i64x2.shl (local.get $t) (i32.const 27)) (i64x2.shr_u (local.get $t) (i32.const 37))))
      (local.set $t (v128.xor (local.get $a5) (local.get $d0)))
      (local.set $b16
        (v128.or (i64x2.shl (local.get $t) (i32.const 36)) (i64x2.shr_u (local.get $t) (i32.const 28))))
      (local.set $t (v128.xor (local.get $a6) (local.get $d1)))
      (local.set $b1
        (v128.or (i64x2.shl (local.get $t) (i32.const 44)) (i64x2.shr_u (local.get $t) (i32.const 20))))
      (local.set $t (v128.xor (local.get $a7) (local.get $d2)))
      (local.set $b11
        (v128.or (i64x2.shl (local.get $t) (i32.const 6)) (i64x2.shr_u (local.get $t) (i32.const 58))))
      (local.set $t (v128.xor (local.get $a8) (local.get $d3)))
      (local.set $b21
        (v128.or (i64x2.shl (local.get $t) (i32.const 55)) (i64x2.shr_u (local.get $t) (i32.const 9))))
      (local.set $t (v128.xor (local.get $a9) (local.get $d4)))
      (local.set $b6
        (v128.or (i64x2.shl (local.get $t) (i32.const 20)) (i64x2.shr_u (local.get $t) (i32.const 44))))
      (local.set $t (v128.xor (local.get $a10) (local.get $d0)))
      (local.set $b7
        (v128.or (i64x2.shl (local.get $t) (i32.const 3)) (i64x2.shr_u (local.get $t) (i32.const 61))))
      (local.set $t (v128.xor (local.get $a11) (local.get $d1)))
      (local.set $b17
        (v128.or (i64x2.shl (local.get $t) (i32.const 10)) (i64x2.shr_u (local.get $t) (i32.const 54))))
      (local.set $t (v128.xor (local.get $a12) (local.get $d2)))
      (local.set $b2
        (v128.or (i64x2.shl (local.get $t) (i32.const 43)) (i64x2.shr_u (local.get $t) (i32.const 21))))
      (local.set $t (v128.xor (local.get $a13) (local.get $d3)))
      (local.set $b12
        (v128.or (i64x2.shl (local.get $t) (i32.const 25)) (i64x2.shr_u (local.get $t) (i32.const 39))))
      (local.set $t (v128.xor (local.get $a14) (local.get $d4)))
      (local.set $b22
        (v128.or (i64x2.shl (local.get $t) (i32.const 39)) (i64x2.shr_u (local.get $t) (i32.const 25))))
      (local.set $t (v128.xor (local.get $a15) (local.get $d0)))
      (local.set $b23
        (v128.or (i64x2.shl (local.get $t) (i32.const 41)) (i64x2.shr_u (local.get $t) (i32.const 23))))
      (local.set $t (v128.xor (local.get $a16) (local.get $d1)))
      (local.set $b8
        (v128.or (i64x2.shl (local.get $t) (i32.const 45)) (i64x2.shr_u (local.get $t) (i32.const 19))))
      (local.set $t (v128.xor (local.get $a17) (local.get $d2)))
      (local.set $b18
        (v128.or (i64x2.shl (local.get $t) (i32.const 15)) (i64x2.shr_u (local.get $t) (i32.const 49))))
      (local.set $t (v128.xor (local.get $a18) (local.get $d3)))
      (local.set $b3
        (v128.or (i64x2.shl (local.get $t) (i32.const 21)) (i64x2.shr_u (local.get $t) (i32.const 43))))
      (local.set $t (v128.xor (local.get $a19) (local.get $d4)))
      (local.set $b13
        (v128.or (i64x2.shl (local.get $t) (i32.const 8)) (i64x2.shr_u (local.get $t) (i32.const 56))))
      (local.set $t (v128.xor (local.get $a20) (local.get $d0)))
      (local.set $b14
        (v128.or (i64x2.shl (local.get $t) (i32.const 18)) (i64x2.shr_u (local.get $t) (i32.const 46))))
      (local.set $t (v128.xor (local.get $a21) (local.get $d1)))
      (local.set $b24
        (v128.or (i64x2.shl (local.get $t) (i32.const 2)) (i64x2.shr_u (local.get $t) (i32.const 62))))
      (local.set $t (v128.xor (local.get $a22) (local.get $d2)))
      (local.set $b9
        (v128.or (i64x2.shl (local.get $t) (i32.const 61)) (i64x2.shr_u (local.get $t) (i32.const 3))))
      (local.set $t (v128.xor (local.get $a23) (local.get $d3)))
      (local.set $b19
        (v128.or (i64x2.shl (local.get $t) (i32.const 56)) (i64x2.shr_u (local.get $t) (i32.const 8))))
      (local.set $t (v128.xor (local.get $a24) (local.get $d4)))
      (local.set $b4
        (v128.or (i64x2.shl (local.get $t) (i32.const 14)) (i64x2.shr_u (local.get $t) (i32.const 50))))
      ;; chi: the one step that is not linear
      (local.set $a0 (v128.xor (local.get $b0) (v128.andnot (local.get $b2) (local.get $b1))))
      (local.set $a1 (v128.xor (local.get $b1) (v128.andnot (local.get $b3) (local.get $b2))))
      (local.set $a2 (v128.xor (local.get $b2) (v128.andnot (local.get $b4) (local.get $b3))))
      (local.set $a3 (v128.xor (local.get $b3) (v128.andnot (local.get $b0) (local.get $b4))))
      (local.set $a4 (v128.xor (local.get $b4) (v128.andnot (local.get $b1) (local.get $b0))))
      (local.set $a5 (v128.xor (local.get $b5) (v128.andnot (local.get $b7) (local.get $b6))))
      (local.set $a6 (v128.xor (local.get $b6) (v128.andnot (local.get $b8) (local.get $b7))))
      (local.set $a7 (v128.xor (local.get $b7) (v128.andnot (local.get $b9) (local.get $b8))))
      (local.set $a8 (v128.xor (local.get $b8) (v128.andnot (local.get $b5) (local.get $b9))))
      (local.set $a9 (v128.xor (local.get $b9) (v128.andnot (local.get $b6) (local.get $b5))))
      (local.set $a10 (v128.xor (local.get $b10) (v128.andnot (local.get $b12) (local.get $b11))))
      (local.set $a11 (v128.xor (local.get $b11) (v128.andnot (local.get $b13) (local.get $b12))))
      (local.set $a12 (v128.xor (local.get $b12) (v128.andnot (local.get $b14) (local.get $b13))))
      (local.set $a13 (v128.xor (local.get $b13) (v128.andnot (local.get $b10) (local.get $b14))))
      (local.set $a14 (v128.xor (local.get $b14) (v128.andnot (local.get $b11) (local.get $b10))))
      (local.set $a15 (v128.xor (local.get $b15) (v128.andnot (local.get $b17) (local.get $b16))))
      (local.set $a16 (v128.xor (local.get $b16) (v128.andnot (local.get $b18) (local.get $b17))))
      (local.set $a17 (v128.xor (local.get $b17) (v128.andnot (local.get $b19) (local.get $b18))))
      (local.set $a18 (v128.xor (local.get $b18) (v128.andnot (local.get $b15) (local.get $b19))))
      (local.set $a19 (v128.xor (local.get $b19) (v128.andnot (local.get $b16) (local.get $b15))))
      (local.set $a20 (v128.xor (local.get $b20) (v128.andnot (local.get $b22) (local.get $b21))))
      (local.set $a21 (v128.xor (local.get $b21) (v128.andnot (local.get $b23) (local.get $b22))))
      (local.set $a22 (v128.xor (local.get $b22) (v128.andnot (local.get $b24) (local.get $b23))))
      (local.set $a23 (v128.xor (local.get $b23) (v128.andnot (local.get $b20) (local.get $b24))))
      (local.set $a24 (v128.xor (local.get $b24) (v128.andnot (local.get $b21) (local.get $b20))))
      ;; iota
      (local.set $a0 (v128.xor (local.get $a0) (v128.load64_splat (local.get $rc))))
      (br_if $round
        (i32.lt_u (local.tee $rc (i32.add (local.get $rc) (i32.const 8))) (i32.const 192))))
    (v128.store offset=896 (i32.const 0) (local.get $a0))
    (v128.store offset=912 (i32.const 0) (local.get $a1))
    (v128.store offset=928 (i32.const 0) (local.get $a2))
    (v128.store offset=944 (i32.const 0) (local.get $a3))
    (v128.store offset=960 (i32.const 0) (local.get $a4))
    (v128.store offset=976 (i32.const 0) (local.get $a5))
    (v128.store offset=992 (i32.const 0) (local.get $a6))
    (v128.store offset=1008 (i32.const 0) (local.get $a7))
    (v128.store offset=1024 (i32.const 0) (local.get $a8))
    (v128.store offset=1040 (i32.const 0) (local.get $a9))
    (v128.store offset=1056 (i32.const 0) (local.get $a10))
    (v128.store offset=1072 (i32.const 0) (local.get $a11))
    (v128.store offset=1088 (i32.const 0) (local.get $a12))
    (v128.store offset=1104 (i32.const 0) (local.get $a13))
    (v128.store offset=1120 (i32.const 0) (local.get $a14))
    (v128.store offset=1136 (i32.const 0) (local.get $a15))
    (v128.store offset=1152 (i32.const 0) (local.get $a16))
    (v128.store offset=1168 (i32.const 0) (local.get $a17))
    (v128.store offset=1184 (i32.const 0) (local.get $a18))
    (v128.store offset=1200 (i32.const 0) (local.get $a19))
    (v128.store offset=1216 (i32.const 0) (local.get $a20))
    (v128.store offset=1232 (i32.const 0) (local.get $a21))
    (v128.store offset=1248 (i32.const 0) (local.get $a22))
    (v128.store offset=1264 (i32.const 0) (local.get $a23))
    (v128.store offset=1280 (i32.const 0) (local.get $a24)))

  ;; Sets the lanes from $from on to zero, in both halves; $from is the lane's place in the state, in bytes.
  (func $clear (param $from i32)
    (loop $lane
      (v128.store offset=896 (local.get $from) (v128.const i64x2 0 0))
      (br_if $lane
        (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 16))) (i32.const 400)))))

  ;; The padding of a message that fills the lanes before $end: a first bit behind it, a last one at the
  ;; end of the 136 bytes that a block has.
  (func $pad (param $end i32)
    (call $clear (local.get $end))
    (v128.store offset=896 (local.get $end) (v128.const i64x2 1 1))
    (v128.store offset=1152 (i32.const 0)
      (v128.const i64x2 0x8000000000000000 0x8000000000000000)))

  ;; The 32 bytes at $from become four lanes from $to on, in the half in which $to lies.
  (func $put (param $to i32) (param $from i32)
    (i64.store offset=896 (local.get $to) (i64.load (local.get $from)))
    (i64.store offset=912 (local.get $to) (i64.load offset=8 (local.get $from)))
    (i64.store offset=928 (local.get $to) (i64.load offset=16 (local.get $from)))
    (i64.store offset=944 (local.get $to) (i64.load offset=24 (local.get $from))))

  ;; The first four lanes of the half at $half become the 32 bytes at $to.
  (func $take (param $half i32) (param $to i32)
    (i64.store (local.get $to) (i64.load offset=896 (local.get $half)))
    (i64.store offset=8 (local.get $to) (i64.load offset=912 (local.get $half)))
    (i64.store offset=16 (local.get $to) (i64.load offset=928 (local.get $half)))
    (i64.store offset=24 (local.get $to) (i64.load offset=944 (local.get $half))))

  ;; Hashes the $length bytes of input; with $more they are whole blocks of 136 and others follow, else the digest is
  ;; left and the next call begins anew.
  (func (export "keccak256") (param $length i32) (param $more i32)
    (local $at i32) (local $i i32) (local $end i32)
    (local.set $at (i32.const 2048))
    (if (i32.eqz (local.get $more))
      (then
        (local.set $end (i32.add (local.get $at) (local.get $length)))
        (memory.fill (local.get $end) (i32.const 0) (i32.const 136))
        (i32.store8 (local.get $end) (i32.const 1))
        (local.set $length
          (i32.mul (i32.div_u (i32.add (local.get $length) (i32.const 136)) (i32.const 136))
            (i32.const 136)))
        (local.set $end (i32.add (local.get $at) (local.get $length)))
        (i32.store8 offset=2047 (local.get $length)
          (i32.or (i32.load8_u offset=2047 (local.get $length)) (i32.const 0x80)))))
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (block $done
      (loop $block
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $i (i32.const 0))
        (loop $lane
          (i64.store offset=896 (local.get $i)
            (i64.xor (i64.load offset=896 (local.get $i)) (i64.load (local.get $at))))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (br_if $lane
            (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (i32.const 272))))
        (call $permute)
        (br $block)))
    (if (local.get $more) (then (return)))
    (call $take (i32.const 0) (i32.const 1344))
    (call $clear (i32.const 0)))

  ;; Two nodes become eight lanes from $half on, the lesser first, as bytes are compared.
  (func $putOrdered (param $half i32) (param $left i32) (param $right i32)
    (local $i i32) (local $difference i64) (local $other i32)
    (loop $word
      (local.set $difference
        (i64.xor
          (i64.load (i32.add (local.get $left) (local.get $i)))
          (i64.load (i32.add (local.get $right) (local.get $i)))))
      (if (i64.eqz (local.get $difference))
        (then
          (br_if $word
            (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 32))))
        (else
          (local.set $i
            (i32.add (local.get $i)
              (i32.shr_u (i32.wrap_i64 (i64.ctz (local.get $difference))) (i32.const 3))))
          (if
            (i32.gt_u
              (i32.load8_u (i32.add (local.get $left) (local.get $i)))
              (i32.load8_u (i32.add (local.get $right) (local.get $i))))
            (then
              (local.set $other (local.get $left))
              (local.set $left (local.get $right))
              (local.set $right (local.get $other)))))))
    (call $put (local.get $half) (local.get $left))
    (call $put (i32.add (local.get $half) (i32.const 64)) (local.get $right)))

  ;; The input is 2·$count nodes; their $count parents take its place.
  (func (export "parents") (param $count i32)
    (local $from i32) (local $to i32) (local $end i32)
    (local.set $from (i32.const 2048))
    (local.set $to (i32.const 2048))
    (local.set $end (i32.add (local.get $to) (i32.shl (local.get $count) (i32.const 5))))
    (loop $two
      (call $putOrdered (i32.const 0) (local.get $from) (i32.add (local.get $from) (i32.const 32)))
      ;; Behind the last of an odd number the second half hashes what is there, and nobody reads it.
      (call $putOrdered (i32.const 8)
        (i32.add (local.get $from) (i32.const 64)) (i32.add (local.get $from) (i32.const 96)))
      (call $pad (i32.const 128))
      (call $permute)
      (call $take (i32.const 0) (local.get $to))
      (local.set $to (i32.add (local.get $to) (i32.const 32)))
      (if (i32.lt_u (local.get $to) (local.get $end))
        (then (call $take (i32.const 8) (local.get $to))))
      (local.set $to (i32.add (local.get $to) (i32.const 32)))
      (local.set $from (i32.add (local.get $from) (i32.const 128)))
      (br_if $two (i32.lt_u (local.get $to) (local.get $end))))
    (call $clear (i32.const 0)))

  ;; The row of a leaf: $index as the last four of 32 bytes, most significant first, then the commitment at $from.
  (func $putRow (param $half i32) (param $index i32) (param $from i32)
    (i64.store offset=896 (local.get $half) (i64.const 0))
    (i64.store offset=912 (local.get $half) (i64.const 0))
    (i64.store offset=928 (local.get $half) (i64.const 0))
    (i64.store offset=944 (local.get $half)
      (i64.shl
        (i64.extend_i32_u
          (i32.or
            (i32.and (i32.rotl (local.get $index) (i32.const 8)) (i32.const 0x00ff00ff))
            (i32.and (i32.rotr (local.get $index) (i32.const 8)) (i32.const 0xff00ff00))))
        (i64.const 32)))
    (call $put (i32.add (local.get $half) (i32.const 64)) (local.get $from)))

  ;; The input is $count commitments, of the indices from $first on; behind them come their leaves, the last one first.
  (func (export "leaves") (param $first i32) (param $count i32)
    (local $from i32) (local $to i32) (local $end i32)
    (local.set $from (i32.const 2048))
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $count) (i32.const 5))))
    (local.set $to (i32.add (local.get $end) (i32.shl (local.get $count) (i32.const 5))))
    (loop $two
      (call $putRow (i32.const 0) (local.get $first) (local.get $from))
      (call $putRow (i32.const 8)
        (i32.add (local.get $first) (i32.const 1)) (i32.add (local.get $from) (i32.const 32)))
      (call $pad (i32.const 128))
      (call $permute)
      (call $pad (i32.const 64))
      (call $permute)
      (local.set $to (i32.sub (local.get $to) (i32.const 32)))
      (call $take (i32.const 0) (local.get $to))
      (local.set $to (i32.sub (local.get $to) (i32.const 32)))
      (if (i32.ge_u (local.get $to) (local.get $end))
        (then (call $take (i32.const 8) (local.get $to))))
      (local.set $first (i32.add (local.get $first) (i32.const 2)))
      (br_if $two
        (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 64))) (local.get $end))))
    (call $clear (i32.const 0)))

  ;; The input is a node and $count siblings; the root to which they lead is left.
  (func (export "climb") (param $count i32)
    (local $at i32) (local $end i32)
    (local.set $at (i32.const 2080))
    (local.set $end (i32.add (local.get $at) (i32.shl (local.get $count) (i32.const 5))))
    (block $done
      (loop $sibling
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (call $putOrdered (i32.const 0) (i32.const 2048) (local.get $at))
        (call $pad (i32.const 128))
        (call $permute)
        (call $take (i32.const 0) (i32.const 2048))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (br $sibling)))
    (memory.copy (i32.const 1344) (i32.const 2048) (i32.const 32))
    (call $clear (i32.const 0))))
