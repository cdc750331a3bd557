/** The app below `/a/queuescope-callcenter-app`: who uses it, then its pages, each loaded when it is opened. */
import React, { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { LoadingState } from '../components/states';
import { ROUTES } from '../constants';
import { UserProvider } from './UserContext';

const Live = lazy(() => import('../pages/live/LivePage'));
const Reports = lazy(() => import('../pages/reports/ReportsPage'));
const Heatmap = lazy(() => import('../pages/heatmap/HeatmapPage'));
const Journey = lazy(() => import('../pages/journey/JourneyPage'));
const Schedules = lazy(() => import('../pages/schedules/SchedulesPage'));
const Directory = lazy(() => import('../pages/directory/DirectoryPage'));
const Targets = lazy(() => import('../pages/targets/TargetsPage'));
const Payouts = lazy(() => import('../pages/payouts/PayoutsPage'));
const Health = lazy(() => import('../pages/health/HealthPage'));
const Connections = lazy(() => import('../pages/connections/ConnectionsPage'));

export default function App() {
  return (
    <UserProvider>
      <Suspense fallback={<LoadingState />}>
        <Routes>
          <Route path={`${ROUTES.live}/*`} element={<Live />} />
          <Route path={`${ROUTES.reports}/*`} element={<Reports />} />
          <Route path={ROUTES.heatmap} element={<Heatmap />} />
          <Route path={`${ROUTES.journey}/:contactId?`} element={<Journey />} />
          <Route path={`${ROUTES.schedules}/*`} element={<Schedules />} />
          <Route path={`${ROUTES.directory}/*`} element={<Directory />} />
          <Route path={`${ROUTES.targets}/*`} element={<Targets />} />
          <Route path={`${ROUTES.payouts}/*`} element={<Payouts />} />
          <Route path={`${ROUTES.health}/*`} element={<Health />} />
          <Route path={`${ROUTES.connections}/*`} element={<Connections />} />
          <Route path="*" element={<Navigate to={ROUTES.live} replace />} />
        </Routes>
      </Suspense>
    </UserProvider>
  );
}
