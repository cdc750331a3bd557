/** Schedules: the list, a new one, one with its history. */
import React from 'react';
import { Route, Routes, useParams, useSearchParams } from 'react-router-dom';
import { EditSchedule, NewSchedulePage } from './EditSchedule';
import { ScheduleList } from './ScheduleList';

export default function SchedulesPage() {
  return (
    <Routes>
      <Route index element={<ScheduleList />} />
      <Route path="new" element={<New />} />
      <Route path=":id" element={<One />} />
    </Routes>
  );
}

function New() {
  const [params] = useSearchParams();
  return <NewSchedulePage savedReportId={Number(params.get('savedReport')) || null} />;
}

function One() {
  const { id = '' } = useParams();
  return <EditSchedule key={id} id={id} />;
}
