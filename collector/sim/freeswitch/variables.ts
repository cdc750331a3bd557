/**
 * The variables of a SIP channel, which make up two thirds of every channel event. Names as recorded, values invented:
 * what a client must carry and skip, so that load is as heavy as the real one.
 */
import type { Header } from './event.js';
import type { Leg } from './leg.js';

/** The same on every channel. */
const MEDIA = constants(`
  video_media_flow disabled
  text_media_flow disabled
  audio_media_flow sendrecv
  sofia_profile_name internal
  recovery_profile_name internal
  sofia_profile_url sip:mod_sofia@10.20.0.5:5060
  sip_local_network_addr 10.20.0.5
  sip_network_ip 10.20.0.1
  sip_network_port 5060
  sip_allow INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE, INFO, UPDATE, REFER, NOTIFY
  sip_full_via SIP/2.0/UDP 10.20.0.5:5060;rport=5060;branch=z9hG4bKrD2v5Qe8gFtXc
  sip_cseq 123047519
  sip_user_agent Simulated
  switch_r_sdp v=0\\r\\no=- 1795139320 1795139321 IN IP4 10.20.0.1\\r\\ns=-\\r\\nc=IN IP4 10.20.0.1\\r\\nt=0 0\\r\\nm=audio 16384 RTP/AVP 8 101\\r\\na=rtpmap:8 PCMA/8000\\r\\na=rtpmap:101 telephone-event/8000\\r\\n
  rtp_local_sdp_str v=0\\r\\no=FreeSWITCH 1795140735 1795140736 IN IP4 10.20.0.5\\r\\ns=FreeSWITCH\\r\\nc=IN IP4 10.20.0.5\\r\\nt=0 0\\r\\nm=audio 17002 RTP/AVP 8 101\\r\\na=rtpmap:8 PCMA/8000\\r\\na=ptime:20\\r\\n
  ep_codec_string CORE_PCM_MODULE.PCMA@8000h@20i@64000b
  rtp_use_codec_string PCMA
  remote_video_media_flow inactive
  remote_text_media_flow inactive
  remote_audio_media_flow sendrecv
  rtp_audio_recv_pt 8
  rtp_use_codec_name PCMA
  rtp_use_codec_rate 8000
  rtp_use_codec_ptime 20
  rtp_use_codec_channels 1
  rtp_last_audio_codec_string PCMA@8000h@20i@1c
  read_codec PCMA
  original_read_codec PCMA
  read_rate 8000
  original_read_rate 8000
  write_codec PCMA
  write_rate 8000
  dtmf_type rfc2833
  local_media_ip 10.20.0.5
  local_media_port 17002
  advertised_media_ip 10.20.0.5
  rtp_use_timer_name soft
  rtp_use_pt 8
  rtp_use_ssrc 1862453111
  rtp_2833_send_payload 101
  rtp_2833_recv_payload 101
  remote_media_ip 10.20.0.1
  remote_media_port 16384
`);

/** Headers of another event, left among the variables of agents' channels (FREESWITCH-EVENTS.md §5.12). */
const REQUEST_PARAMS = constants(`
  Event-Name REQUEST_PARAMS
  Core-UUID 00000000-0000-4000-8000-000000000000
  Event-Date-Timestamp 1
  Event-Calling-File mod_callcenter.c
  Event-Calling-Function outbound_agent_thread_run
  Event-Sequence 1
`);

/** How the media went, on a channel that was hung up. */
const MEDIA_REPORT = constants(`
  digits_dialed none
  rtp_audio_in_raw_bytes 0
  rtp_audio_in_media_bytes 0
  rtp_audio_in_packet_count 0
  rtp_audio_in_media_packet_count 0
  rtp_audio_in_skip_packet_count 200
  rtp_audio_in_jitter_packet_count 0
  rtp_audio_in_dtmf_packet_count 0
  rtp_audio_in_cng_packet_count 0
  rtp_audio_in_flush_packet_count 0
  rtp_audio_in_largest_jb_size 0
  rtp_audio_in_jitter_min_variance 0.00
  rtp_audio_in_jitter_max_variance 0.00
  rtp_audio_in_jitter_loss_rate 0.00
  rtp_audio_in_jitter_burst_rate 0.00
  rtp_audio_in_mean_interval 0.00
  rtp_audio_in_flaw_total 0
  rtp_audio_in_quality_percentage 100.00
  rtp_audio_in_mos 4.50
  rtp_audio_out_raw_bytes 0
  rtp_audio_out_media_bytes 0
  rtp_audio_out_packet_count 0
  rtp_audio_out_media_packet_count 0
  rtp_audio_out_skip_packet_count 0
  rtp_audio_out_dtmf_packet_count 0
  rtp_audio_out_cng_packet_count 0
  rtp_audio_rtcp_packet_count 0
  rtp_audio_rtcp_octet_count 0
`);

export function sipVariables(leg: Leg): Header[] {
  const isInbound = leg.direction === 'inbound';
  const [user = '', host = ''] = leg.name.replace(/^sofia\/\w+\//, '').split('@');
  const variables: Header[] = [
    ['variable_direction', leg.direction],
    ['variable_uuid', leg.uuid],
    ['variable_call_uuid', leg.callUuid],
    ['variable_channel_name', leg.name],
    ['variable_sip_from_user', leg.callerNumber],
    ['variable_sip_from_display', leg.callerName],
    ['variable_sip_to_user', leg.destination],
    ['variable_sip_to_host', host],
    ['variable_sip_contact_user', user],
    ['variable_sip_contact_host', host],
    ...MEDIA,
  ];
  if (!isInbound) variables.push(['variable_is_outbound', 'true'], ...REQUEST_PARAMS);
  if (leg.transferSource !== undefined)
    variables.push(
      ['variable_transfer_history', leg.transferSource],
      ['variable_transfer_source', leg.transferSource],
    );
  if (leg.stage === 'hungUp') variables.push(...times(leg), ...MEDIA_REPORT);
  return variables;
}

/** Every time once as seconds and once as microseconds, every span in seconds, milliseconds and microseconds. */
function times(leg: Leg): Header[] {
  const { createdUs, answeredUs, bridgedUs, progressUs, hungUpUs } = leg;
  const moments = {
    start: createdUs,
    answer: answeredUs,
    bridge: bridgedUs,
    progress: progressUs,
    end: hungUpUs,
  };
  const answer = answeredUs === 0 ? hungUpUs : answeredUs;
  const spans = { duration: hungUpUs - createdUs, billsec: hungUpUs - answer, answersec: answer - createdUs };
  return [
    ...Object.entries(moments).flatMap(([name, atUs]): Header[] => [
      [`variable_${name}_epoch`, Math.floor(atUs / 1_000_000)],
      [`variable_${name}_uepoch`, atUs],
    ]),
    ...Object.entries(spans).flatMap(([name, spanUs]): Header[] => {
      const stem = name.replace(/sec$/, '');
      const [milli, micro] =
        name === 'duration' ? ['mduration', 'uduration'] : [`${stem}msec`, `${stem}usec`];
      return [
        [`variable_${name}`, Math.floor(spanUs / 1_000_000)],
        [`variable_${milli}`, Math.floor(spanUs / 1000)],
        [`variable_${micro}`, spanUs],
      ];
    }),
    ['variable_hangup_cause', leg.cause],
  ];
}

function constants(lines: string): Header[] {
  return lines
    .trim()
    .split('\n')
    .map((line): Header => {
      const [, name = '', value = ''] = /^\s*(\S+) (.*)$/.exec(line) ?? [];
      return [`variable_${name}`, value.replaceAll('\\r\\n', '\r\n')];
    });
}
